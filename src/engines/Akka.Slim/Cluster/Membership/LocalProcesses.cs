using System.Diagnostics;
using System.Globalization;

namespace Akka.Cluster.Membership;

/// <summary>Tells whether the process of a member is dead, where this node can know it.</summary>
internal interface IProcesses
{
    ProcessIdentity Self { get; }

    /// <summary>False also where it cannot be known, as for other hosts.</summary>
    bool IsDead(ProcessIdentity process);
}

/// <param name="Host">Where process ids mean the same processes.</param>
/// <param name="Id">The process id.</param>
/// <param name="Started">Tells processes of one id apart, in the host's own units; 0 = unknown.</param>
internal sealed record ProcessIdentity(string Host, int Id, long Started);

/// <summary>
/// The processes of this host, of which Linux tells in /proc; elsewhere none is known to be dead. A host here is
/// one boot of one kernel and one namespace of process ids, because containers may share the name.
/// </summary>
internal sealed class LocalProcesses : IProcesses
{
    private const int StateField = 0;
    private const int StartedField = 19;

    public LocalProcesses()
    {
        var boot = ReadLine("/proc/sys/kernel/random/boot_id");
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget;
        Self = boot is not null && space is not null
            ? new ProcessIdentity(
                $"{Environment.MachineName} {boot} {space}",
                Environment.ProcessId,
                StatusOf(Environment.ProcessId)?.Started ?? 0)
            : new ProcessIdentity(Environment.MachineName, Environment.ProcessId, 0);
    }

    public ProcessIdentity Self { get; }

    public bool IsDead(ProcessIdentity process)
    {
        if (process.Host != Self.Host || process.Started == 0 || Self.Started == 0)
        {
            return false;
        }

        // A zombie has ended, and waits for its parent only.
        return StatusOf(process.Id) is { } status
            ? status.Started != process.Started || status.State is 'Z' or 'X'
            : !Exists(process.Id);
    }

    /// <summary>Also true for processes of other users, whose files may be hidden.</summary>
    private static bool Exists(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static (char State, long Started)? StatusOf(int id)
    {
        if (ReadLine($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat") is not { } line)
        {
            return null;
        }

        // The name of the program stands in brackets and may itself have brackets and blanks.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[StateField][0], long.Parse(fields[StartedField], CultureInfo.InvariantCulture));
    }

    private static string? ReadLine(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd();
        }
        catch (IOException)
        {
            // It is not there; a process may also end while it is read.
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
