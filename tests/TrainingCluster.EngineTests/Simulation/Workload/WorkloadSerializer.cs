using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>The workload's messages and events as short texts.</summary>
internal sealed class WorkloadSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const char Separator = ' ';

    public override int Identifier => 7_001;

    public override string Manifest(object o) => o.GetType().Name;

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(obj switch
    {
        Submit message => message.Job,
        AskProgress message => message.Job,
        Run message => message.Job,
        Accepted message => Join(message.Job, message.Instance),
        Ran message => Join(message.Job, message.Instance),
        Progress message => Join(message.Job, message.Instance, message.IsDone ? 1 : 0),
        Note message => Join(message.FromUid, message.ToUid, message.Number),
        Tidings message => Join(message.Number),
        JobAccepted job => job.Job,
        JobCompleted job => job.Job,
        JobRun job => job.Job,
        JobsSnapshot snapshot => snapshot.Jobs,
        _ => throw new SerializationException($"{obj.GetType()} is no message of the workload."),
    });

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var parts = text.Split(Separator);
        return manifest switch
        {
            nameof(Submit) => new Submit(text),
            nameof(AskProgress) => new AskProgress(text),
            nameof(Run) => new Run(text),
            nameof(Accepted) => new Accepted(parts[0], Number(parts[1])),
            nameof(Ran) => new Ran(parts[0], Number(parts[1])),
            nameof(Progress) => new Progress(parts[0], Number(parts[2]) == 1, Number(parts[1])),
            nameof(Note) => new Note((int)Number(parts[0]), (int)Number(parts[1]), Number(parts[2])),
            nameof(Tidings) => new Tidings(Number(parts[0])),
            nameof(JobAccepted) => new JobAccepted(text),
            nameof(JobCompleted) => new JobCompleted(text),
            nameof(JobRun) => new JobRun(text),
            nameof(JobsSnapshot) => new JobsSnapshot(text),
            _ => throw new SerializationException($"{manifest} is no message of the workload."),
        };
    }

    private static string Join(params object[] parts) =>
        string.Join(Separator, parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
