using Akka.Actor;
using TrainingCluster.EngineTests.Persistence;

namespace TrainingCluster.EngineTests.Cluster;

/// <summary>
/// Writes down its life and its messages; answers "path?" and "name?", waits for its gate on "wait", and
/// stops, when told to, after a last word.
/// </summary>
public sealed class TellingActor(string name, Transcript transcript, ManualResetEventSlim? itsGate = null)
    : UntypedActor
{
    public const string Finish = "finish";

    /// <summary>Asks to be stopped and stays busy until the gate opens.</summary>
    public sealed record PassivateAndWait(ManualResetEventSlim Gate);

    public static Props Props(string name, Transcript transcript, ManualResetEventSlim? gate = null) =>
        Akka.Actor.Props.Create(() => new TellingActor(name, transcript, gate));

    protected override void PreStart() => transcript.Add($"{name} started");

    protected override void PostStop() => transcript.Add($"{name} stopped");

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case "path?":
                Sender.Tell(Self.Path.ToStringWithoutAddress(), Self);
                break;
            case "name?":
                Sender.Tell(name, Self);
                break;
            case "wait":
                transcript.Add($"{name} waits");
                itsGate!.Wait();
                break;
            case PassivateAndWait passivate:
                Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(Finish), Self);
                transcript.Add($"{name} waits");
                passivate.Gate.Wait();
                break;
            case "stop":
                Context.Stop(Self);
                break;
            case Finish:
                transcript.Add($"{name} finishes");
                Context.Stop(Self);
                break;
            case ManualResetEventSlim gate:
                transcript.Add($"{name} waits");
                gate.Wait();
                break;
            default:
                transcript.Add($"{name} got {message}");
                break;
        }
    }
}
