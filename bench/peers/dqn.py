"""Updates of DQN as one writes them in PyTorch: 64-64, batches of 256, a copied target network."""
import copy

import torch
from torch import nn

from market import serve, use_threads
from replay import Replay

UPDATES, GAMMA = 500, 0.99
torch.manual_seed(1)
use_threads()
online = nn.Sequential(nn.Linear(257, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3))
target = copy.deepcopy(online)
optimizer = torch.optim.Adam(online.parameters(), lr=3e-4)
replay = Replay(1250, continuous=False)


def update():
    before, actions, rewards, ends, after = replay.draw()
    with torch.no_grad():
        wanted = rewards + GAMMA * (1 - ends) * target(after).max(1, keepdim=True).values
    loss = nn.functional.smooth_l1_loss(online(before).gather(1, actions), wanted)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(online.parameters(), 10)
    optimizer.step()


def work():
    for _ in range(UPDATES):
        update()


serve(UPDATES, work)
