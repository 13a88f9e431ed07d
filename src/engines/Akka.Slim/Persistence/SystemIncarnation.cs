using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.Persistence;

/// <summary>Tells this run of an actor system from all others, and gives its clock.</summary>
internal sealed class SystemIncarnation : IExtension
{
    private SystemIncarnation(ExtendedActorSystem system)
    {
        Clock = ((ActorSystemImpl)system).Time;
        var number = system.Settings.Setup.Get<EngineSetup>() is { HasValue: true, Value.Incarnation: { } given }
            ? given
            : BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        Name = number.ToString("x16", CultureInfo.InvariantCulture);
        // 0 means everybody where uids are told apart.
        Uid = Math.Max(1, (int)(number & int.MaxValue));
    }

    public string Name { get; }

    public int Uid { get; }

    public TimeProvider Clock { get; }

    public static SystemIncarnation Of(ActorSystem system) => Id.Instance.Apply(system);

    private sealed class Id : ExtensionIdProvider<SystemIncarnation>
    {
        public static Id Instance { get; } = new();

        public override SystemIncarnation CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
