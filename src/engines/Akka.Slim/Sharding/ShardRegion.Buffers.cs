using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>Messages that wait until the home of their shard is known.</summary>
public sealed partial class ShardRegion
{
    private void Buffer(string shardId, object message)
    {
        if (!_buffers.TryGetValue(shardId, out var buffer))
        {
            _buffers.Add(shardId, buffer = []);
            _coordinator?.Tell(new GetShardHome(shardId), Self);
        }

        var envelope = new Envelope(message, Sender);
        if (_buffered >= Tuning.BufferSize)
        {
            _log.Warning(
                "Region {0} keeps {1} messages and drops one for shard {2}.", _type.Name, _buffered, shardId);
            Drop(envelope);
            return;
        }

        buffer.Enqueue(envelope);
        _buffered++;
    }

    private void Flush(string shardId, IActorRef home)
    {
        if (_buffers.Remove(shardId, out var buffer))
        {
            _buffered -= buffer.Count;
            foreach (var envelope in buffer)
            {
                Pass(home, ReadAddress(envelope.Message)!.Value, envelope.Message, envelope.Sender);
            }
        }
    }

    private void DropBuffer(string shardId)
    {
        if (_buffers.Remove(shardId, out var buffer))
        {
            _buffered -= buffer.Count;
            foreach (var envelope in buffer)
            {
                Drop(envelope);
            }
        }
    }

    private void Drop(Envelope envelope) =>
        Context.System.DeadLetters.Tell(
            new DeadLetter(envelope.Message, envelope.Sender ?? Context.System.DeadLetters, Self),
            envelope.Sender ?? ActorRefs.NoSender);
}
