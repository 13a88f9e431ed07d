"""Training a CNN-LSTM as one writes it in PyTorch: Conv 16-32-64, LSTM 64, windows of 60, batches of 256."""
import torch
from torch import nn

from market import serve, use_threads

WINDOW, FEATURES, BATCH, STEPS = 60, 16, 256, 4
use_threads()
torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(FEATURES, 32, 3, padding=1)
        self.conv2 = nn.Conv1d(32, 64, 3, padding=1)
        self.lstm = nn.LSTM(64, 64, batch_first=True)
        self.head = nn.Linear(64, 4)

    def forward(self, windows):
        x = torch.relu(self.conv1(windows.transpose(1, 2)))
        x = torch.relu(self.conv2(x))
        x, _ = self.lstm(x.transpose(1, 2))
        return self.head(x[:, -1])


network = Network()
optimizer = torch.optim.Adam(network.parameters())
windows = torch.randn(2048, WINDOW, FEATURES)
up, barrier = torch.randint(0, 2, (2048,)).float(), torch.randint(0, 3, (2048,))


def train():
    for rows in torch.randperm(2048)[:STEPS * BATCH].split(BATCH):
        logits = network(windows[rows])
        loss = nn.functional.binary_cross_entropy_with_logits(logits[:, 0], up[rows])
        loss = loss + 0.5 * nn.functional.cross_entropy(logits[:, 1:], barrier[rows])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()


serve(STEPS * BATCH, train)
