using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// An event-sourced actor that registers a handler for each type of command and event in its constructor and
/// in Become. Of several that fit, the first takes the message.
/// </summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly MessageHandlers _recover = new();
    private readonly MessageHandlers _commands = new();
    private MessageHandlers? _registering;
    private bool _isConstructed;

    protected ReceivePersistentActor() => _registering = _commands;

    protected void Become(Action configure) => base.Become(Configured(configure));

    protected void BecomeStacked(Action configure) => base.BecomeStacked(Configured(configure));

    protected sealed override void OnCommand(object message) => Handle(_commands, message);

    protected sealed override void OnRecover(object message) => Handle(_recover, message);

    public override void AroundPreStart()
    {
        CloseConstruction();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception cause, object message)
    {
        CloseConstruction();
        base.AroundPostRestart(cause, message);
    }

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        RecoverHandlers().Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => RecoverHandlers().Add(handler);

    protected void Recover(
        Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        RecoverHandlers().Add(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Recover(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Func<object, bool> handler) =>
        RecoverHandlers().Add(messageType, handler);

    protected void RecoverAny(Action<object> handler) => RecoverHandlers().Add(handler, null);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        CommandHandlers().Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    protected void Command<T>(Func<T, bool> handler) => CommandHandlers().Add(handler);

    protected void Command(
        Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        CommandHandlers().Add(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Command(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Func<object, bool> handler) =>
        CommandHandlers().Add(messageType, handler);

    protected void Command(Action<object> handler) => CommandAny(handler);

    protected void CommandAny(Action<object> handler) => CommandHandlers().Add(handler, null);

    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(Asynchronous(handler), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Command(shouldHandle, Asynchronous(handler));

    protected void CommandAsync(
        Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Command(messageType, Asynchronous(handler), shouldHandle);

    protected void CommandAsync(
        Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Command(messageType, shouldHandle, Asynchronous(handler));

    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAny(Asynchronous(handler));

    private Action<T> Asynchronous<T>(Func<T, Task> handler) => message => RunTask(() => handler(message));

    private UntypedReceive Configured(Action configure)
    {
        var handlers = new MessageHandlers();
        var outer = _registering;
        _registering = handlers;
        try
        {
            configure();
        }
        finally
        {
            _registering = outer;
        }

        return message => Handle(handlers, message);
    }

    private void Handle(MessageHandlers handlers, object message)
    {
        if (!handlers.Handle(message))
        {
            Unhandled(message);
        }
    }

    private void CloseConstruction()
    {
        _isConstructed = true;
        _registering = null;
    }

    private MessageHandlers CommandHandlers() => _registering ?? throw new InvalidOperationException(
        "You may only call Command-methods when constructing the actor and inside Become().");

    private MessageHandlers RecoverHandlers() => !_isConstructed
        ? _recover
        : throw new InvalidOperationException(
        "You may only call Recover-methods when constructing the actor.");
}
