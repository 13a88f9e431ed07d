"""One decision at a time: the encoder on a window of 60 bars, or a policy on an observation."""
import sys

import torch
from torch import nn

from market import serve, use_threads

use_threads()
torch.manual_seed(1)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv1d(16, 32, 3, padding=1), nn.ReLU(), nn.Conv1d(32, 64, 3, padding=1), nn.ReLU())
        self.lstm = nn.LSTM(64, 64, batch_first=True)
        self.head = nn.Linear(64, 4)

    def forward(self, windows):
        states, _ = self.lstm(self.convolutions(windows.transpose(1, 2)).transpose(1, 2))
        return self.head(states[:, -1])


if sys.argv[1] == "encoder":
    model, inputs, count = Encoder(), torch.randn(64, 1, 60, 16), 300
else:
    layers = [nn.Linear(257, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 3)]
    model, inputs, count = nn.Sequential(*layers), torch.randn(64, 1, 257), 5_000


def work():
    with torch.no_grad():
        for i in range(count):
            model(inputs[i % 64]).argmax()


serve(count, work)
