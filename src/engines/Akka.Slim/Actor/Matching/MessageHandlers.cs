using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>The handlers of one behaviour, tried in the order in which they were declared.</summary>
internal sealed class MessageHandlers
{
    private Handler[] _handlers = [];
    private int _count;
    private bool _closed;

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle) =>
        Append(
            new ActionHandler<T>(handler, shouldHandle), typeof(T) == typeof(object) && shouldHandle is null);

    public void Add<T>(Func<T, bool> handler) => Append(new FunctionHandler<T>(handler), closes: false);

    public void AddAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle) =>
        Add(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    public void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle) =>
        Append(new TypeHandler(type, handler, shouldHandle), type == typeof(object) && shouldHandle is null);

    public void Add(Type type, Func<object, bool> handler) =>
        Append(new FunctionHandler<object>(
            message => type.IsInstanceOfType(message) && handler(message)), closes: false);

    public void AddAsync(Type type, Func<object, Task> handler, Predicate<object>? shouldHandle) =>
        Add(type, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    public bool Handle(object message)
    {
        var handlers = _handlers;
        for (var i = 0; i < _count; i++)
        {
            if (handlers[i].TryHandle(message))
                return true;
        }
        return false;
    }

    private void Append(Handler handler, bool closes)
    {
        if (_closed)
        {
            throw new InvalidOperationException(
                "A handler that takes every message was declared before; declare this one first, it would never "
                + "be called.");
        }
        if (_count == _handlers.Length)
            Array.Resize(ref _handlers, Math.Max(2, _count * 2));
        _handlers[_count++] = handler;
        _closed = closes;
    }

    private abstract class Handler
    {
        public abstract bool TryHandle(object message);
    }

    private sealed class ActionHandler<T>(Action<T> handler, Predicate<T>? shouldHandle) : Handler
    {
        public override bool TryHandle(object message)
        {
            if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
                return false;
            handler(typed);
            return true;
        }
    }

    private sealed class FunctionHandler<T>(Func<T, bool> handler) : Handler
    {
        public override bool TryHandle(object message) => message is T typed && handler(typed);
    }

    private sealed class TypeHandler(Type type, Action<object> handler, Predicate<object>? shouldHandle)
        : Handler
    {
        public override bool TryHandle(object message)
        {
            if (!type.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
                return false;
            handler(message);
            return true;
        }
    }
}
