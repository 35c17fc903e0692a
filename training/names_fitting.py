"""The network that finds names, in real numbers, and how it learns."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from names_data import Data
from torch import nn

from builder.extraction.names.network import INPUT_UNIT, LARGEST_INPUT, PARTS, WEIGHT_UNIT, Layers, Network
from builder.extraction.names.signs import OPINIONS, POSITIONS, SIGNS
from builder.extraction.names.words import ROWS

WIDTH = 16
HIDDEN = 96
EPOCHS = 3
"""More fit the training texts better and other outlets worse."""
BATCH = 2048
RATE = 6e-3
BETAS = (0.9, 0.999)
LARGEST_VALUE = LARGEST_INPUT / INPUT_UNIT
FEATURE_DROPOUT = 0.3
WORD_DROPOUT = 0.8
"""How often a word is hidden from the network that then knows only its form and its lexicons."""
HIDDEN_DROPOUT = 0.3


def begin(seed: int) -> None:
    """Equal seeds make equal weights: random numbers start anew and sums are taken in one order."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)


class Look(nn.Module):
    """Layers of builder.extraction.names.network in real numbers."""

    def __init__(self, extra: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(POSITIONS * WIDTH + SIGNS + extra, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(PARTS))

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        hidden = torch.relu(self.hidden(torch.cat(inputs, dim=1)))
        output: torch.Tensor = self.output(nn.functional.dropout(hidden, HIDDEN_DROPOUT, self.training))
        return output


class Trainee(nn.Module):
    """The network of builder.extraction.names.network in real numbers; vectors of features are kept apart from its layers."""

    def __init__(self) -> None:
        super().__init__()
        self.features = Features()
        self.first = Look(0)
        self.second = Look(OPINIONS)


class Trained(NamedTuple):
    """Rows of features in a batch and their values."""

    numbers: torch.Tensor
    values: torch.Tensor


class Features:
    """Vectors of features, with an optimiser (Adam) that works on the rows of a batch only. The last row is the empty place."""

    def __init__(self) -> None:
        self.rows = torch.randn(ROWS + 1, WIDTH) * 0.05
        self.rows[ROWS] = 0
        self._mean, self._square = torch.zeros(2, ROWS + 1, WIDTH)
        self._steps = 0

    def vectors(self, features: torch.Tensor, slots: torch.Tensor) -> tuple[torch.Tensor, Trained]:
        """Of the words in ``slots`` (candidates x positions), some features left out, and what :meth:`step` learns from them."""
        used, where = torch.unique(slots, return_inverse=True)
        present = features[used[used < len(features)]]
        numbers, at = torch.unique(present, return_inverse=True)
        numbers = torch.cat([numbers, torch.tensor([ROWS])])
        values = self.rows[numbers].requires_grad_()
        chance = torch.full((present.shape[1],), FEATURE_DROPOUT)
        chance[:2] = WORD_DROPOUT
        of_words = (values[at] * (torch.rand(present.shape) >= chance).unsqueeze(2)).sum(1)
        if len(used) > len(present):
            of_words = torch.cat([of_words, values[-1:]])
        return of_words.clamp(-LARGEST_VALUE, LARGEST_VALUE)[where].flatten(1), Trained(numbers, values)

    def step(self, trained: Trained, rate: float) -> None:
        numbers, gradient = trained.numbers, trained.values.grad
        assert gradient is not None
        self._steps += 1
        mean = self._mean[numbers].lerp_(gradient, 1 - BETAS[0])
        square = self._square[numbers].lerp_(gradient.square(), 1 - BETAS[1])
        self._mean[numbers], self._square[numbers] = mean, square
        rate *= (1 - BETAS[1] ** self._steps) ** 0.5 / (1 - BETAS[0] ** self._steps)
        self.rows[numbers] = trained.values.detach() - rate * mean / square.sqrt_().add_(1e-8)


def fit(sets: Sequence[Data], opinions_of: Sequence[torch.Tensor] | None, weights: Sequence[int]) -> Trainee:
    """Trains on the sets, each repeated as often as its weight says; the second look only where there are opinions of a first."""
    trainee = Trainee()
    optimiser = torch.optim.Adam(trainee.parameters(), RATE, BETAS, weight_decay=1e-5)
    steps = EPOCHS * sum(weight * -(-len(data.parts) // BATCH) for data, weight in zip(sets, weights, strict=True))
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.1, cycle_momentum=False)
    trainee.train()
    for _ in range(EPOCHS):
        batches = [
            (number, rows)
            for number, (data, weight) in enumerate(zip(sets, weights, strict=True))
            for _ in range(weight)
            for rows in torch.randperm(len(data.parts)).split(BATCH)
        ]
        for index in torch.randperm(len(batches)).tolist():
            number, rows = batches[index]
            data = sets[number]
            vectors, trained = trainee.features.vectors(data.features, data.slots[rows])
            inputs, parts = (vectors, data.signs[rows]), data.parts[rows]
            loss = nn.functional.cross_entropy(trainee.first(*inputs), parts)
            if opinions_of:
                loss += nn.functional.cross_entropy(trainee.second(*inputs, opinions_of[number][rows]), parts)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            trainee.features.step(trained, optimiser.param_groups[0]["lr"])
            plan.step()
    return trainee.eval()


def whole(values: torch.Tensor, unit: int, largest: int) -> npt.NDArray[np.int64]:
    return np.clip(np.rint(values.detach().double().numpy() * unit), -largest, largest).astype(np.int64)


def layers(look: Look) -> Layers:
    """The layers in whole numbers; a bias has the unit of the sum that it is added to, and room for 24 bits."""
    unit = INPUT_UNIT * WEIGHT_UNIT
    return Layers(
        whole(look.hidden.weight.T, WEIGHT_UNIT, 127).astype(np.float32),
        whole(look.hidden.bias, unit, 1 << 20).astype(np.float32),
        whole(look.output.weight.T, WEIGHT_UNIT, 127).astype(np.float32),
        whole(look.output.bias, unit, 1 << 20).astype(np.float32),
    )


def network(trainee: Trainee) -> Network:
    rows = whole(trainee.features.rows, INPUT_UNIT, 127).astype(np.int8)
    return Network(rows[:ROWS], rows[ROWS], layers(trainee.first), layers(trainee.second))
