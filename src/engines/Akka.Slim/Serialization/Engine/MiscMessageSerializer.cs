using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Messages of the core, and values that have no serializer of their own.</summary>
internal sealed class MiscMessageSerializer : EngineSerializer
{
    private const byte ParentStep = 0;
    private const byte NameStep = 1;
    private const byte PatternStep = 2;

    public MiscMessageSerializer(ExtendedActorSystem system)
        : base(system, identifier: 16)
    {
        Add("boolean", (writer, value) => writer.Boolean(value), reader => reader.Boolean());
        Add("double", (writer, value) => writer.Double(value), reader => reader.Double());
        Add<IActorRef>("ref", (writer, actor) => writer.Ref(actor), reader => reader.Ref());
        Add("done", Done.Instance);
        Add("not-used", NotUsed.Instance);
        Add("poison-pill", PoisonPill.Instance);
        Add("kill", Kill.Instance);
        Add(
            "identify",
            (writer, message) => writer.Object(message.MessageId),
            reader => new Identify(reader.OptionalObject()));
        Add(
            "identity",
            WriteIdentity,
            reader => new ActorIdentity(reader.OptionalObject(), reader.OptionalRef()));
        Add(
            "success",
            (writer, message) => writer.Object(message.Status),
            reader => new Status.Success(reader.OptionalObject()));
        Add(
            "failure",
            WriteFailure,
            reader => new Status.Failure(FailureCauses.Read(reader)!, reader.OptionalObject()));
        Add("selection", WriteSelection, ReadSelection);
    }

    private static void WriteIdentity(MessageWriter writer, ActorIdentity message)
    {
        writer.Object(message.MessageId);
        writer.Ref(message.Subject);
    }

    private static void WriteFailure(MessageWriter writer, Status.Failure message)
    {
        FailureCauses.Write(writer, message.Cause);
        writer.Object(message.State);
    }

    private static void WriteSelection(MessageWriter writer, ActorSelectionMessage message)
    {
        writer.Object(message.Message);
        writer.Boolean(message.WildCardFanOut);
        writer.List(message.Elements, WriteStep);
    }

    private static ActorSelectionMessage ReadSelection(MessageReader reader)
    {
        var message = reader.Object();
        var wildCardFanOut = reader.Boolean();
        return new ActorSelectionMessage(message, reader.List(ReadStep), wildCardFanOut);
    }

    private static void WriteStep(MessageWriter writer, SelectionPathElement step)
    {
        writer.Byte(step switch
        {
            SelectChildName => NameStep,
            SelectChildPattern => PatternStep,
            _ => ParentStep,
        });
        if (step is not SelectParent)
        {
            writer.Text(step.ToString()!);
        }
    }

    private static SelectionPathElement ReadStep(MessageReader reader) => reader.Byte() switch
    {
        ParentStep => new SelectParent(),
        NameStep => new SelectChildName(reader.Path()),
        PatternStep => new SelectChildPattern(reader.Path()),
        var other => throw new SerializationException($"{other} is no step of a selection."),
    };
}
