"""A CNN-LSTM as one writes it in PyTorch: Conv 16-32-64, LSTM 64, windows of 60. Arguments: train or infer, threads
of libtorch, threads of OpenBLAS, OpenBLAS core type. Debian's python3-torch is the one it was measured with."""
import os
import sys
import time

WORK, OMP, BLAS, CORE = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
# Before torch is loaded: OpenBLAS reads these once.
os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"] = str(OMP), BLAS
os.environ["OPENBLAS_CORETYPE"] = CORE

import torch
from torch import nn

WINDOW, FEATURES, BATCH, STEPS = 60, 16, 256, 4
torch.set_num_threads(OMP)
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


def infer():
    with torch.no_grad():
        for i in range(200):
            network(windows[i:i + 1])


amount, work = (STEPS * BATCH, train) if WORK == "train" else (200, infer)
print("ready", flush=True)
for _ in sys.stdin:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    print(amount / (time.perf_counter() - clock), amount / (time.process_time() - processor), flush=True)
