namespace Akka.Actor;

/// <summary>
/// An actor that declares its handlers by message type, in its constructor or in the argument of Become. The
/// first that
/// fits is called; a message no handler takes is unhandled.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly MessageHandlers _initial = new();
    private MessageHandlers? _declaring;

    protected ReceiveActor() => _declaring = _initial;

    private MessageHandlers Declaring => _declaring
        ?? throw new InvalidOperationException(
            "Handlers can be declared only in the constructor and in the argument of Become or "
            + "BecomeStacked.");

    public override void AroundPreStart()
    {
        _declaring = null;
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception cause, object message)
    {
        _declaring = null;
        base.AroundPostRestart(cause, message);
    }

    protected sealed override bool Receive(object message) => _initial.Handle(message);

    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(message))
            Unhandled(message);
    }

    protected void Become(Action configure) => Context.Become((Receive)Declare(configure).Handle);

    protected void BecomeStacked(Action configure) =>
        Context.BecomeStacked((Receive)Declare(configure).Handle);

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) =>
        Declaring.Add(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Declaring.Add(handler);

    protected void Receive(
        Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Declaring.Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Declaring.Add(messageType, handler);

    protected void ReceiveAny(Action<object> handler) => Declaring.Add(handler, null);

    /// <summary>
    /// No other message is handled until the task ends; its exception is the actor's failure.
    /// </summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.AddAsync(handler, shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Declaring.AddAsync(handler, shouldHandle);

    protected void ReceiveAsync(
        Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.AddAsync(messageType, handler, shouldHandle);

    protected void ReceiveAsync(
        Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Declaring.AddAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => Declaring.AddAsync(handler, null);

    private MessageHandlers Declare(Action configure)
    {
        var outer = _declaring;
        var handlers = new MessageHandlers();
        _declaring = handlers;
        try
        {
            configure();
        }
        finally
        {
            _declaring = outer;
        }
        return handlers;
    }
}
