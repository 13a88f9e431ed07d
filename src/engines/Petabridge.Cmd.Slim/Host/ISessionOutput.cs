namespace Petabridge.Cmd.Host;

/// <summary>Where the responses of a session go; called on threads of the actors, so it must not wait.</summary>
internal interface ISessionOutput
{
    void Send(long id, CommandResponse response);
}
