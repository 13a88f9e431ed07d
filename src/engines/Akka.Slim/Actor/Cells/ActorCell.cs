using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The life of one actor across its incarnations: identity, mailbox, children, watchers, behaviour.
/// Everything but
/// posting messages happens on the thread that runs the mailbox.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? _current;

    private static AsyncLocal<ActorCell?>? _ambient;

    private readonly ActorSystemImpl _system;
    private readonly LocalActorRef _self;
    private Props _props;
    private readonly IInternalActorRef _parent;
    private readonly Mailbox _mailbox;
    private readonly IDispatchGuard? _guard;
    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive?>? _outerBehaviors;
    private object? _currentMessage;
    private IActorRef? _sender;
    private long _invocations;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        _system = system;
        _self = self;
        _props = props;
        _parent = parent;
        _guard = props.Guard ?? (parent as LocalActorRef)?.Cell._guard;
        _mailbox = new Mailbox(this, system.Dispatchers.Lookup(props.Dispatcher));
    }

    /// <summary>The cell whose mailbox this thread runs, or null.</summary>
    public static ActorCell? Current => _current;

    /// <summary>
    /// Who a message without a sender is from: the running actor, or the test that called EnterAmbient.
    /// </summary>
    public static ActorCell? ImplicitSender => _current ?? _ambient?.Value;

    /// <summary>In place of the props of the dead: a reference that somebody keeps must not keep them.</summary>
    public static Props TerminatedProps { get; } = Props.CreateBy(new TerminatedProducer());

    public ActorSystemImpl SystemImpl => _system;

    public ActorSystem System => _system;

    public IActorRef Self => _self;

    public Props Props => _props;

    public IInternalActorRef Parent => _parent;

    IActorRef IActorContext.Parent => _parent;

    public Mailbox Mailbox => _mailbox;

    public MessageDispatcher Dispatcher => _mailbox.Dispatcher;

    public IActorRef Sender => _sender ?? _system.DeadLetters;

    /// <summary>The sender as it is, null where there was none.</summary>
    public IActorRef? SenderOrNull => _sender;

    public object? CurrentMessage => _currentMessage;

    /// <summary>Changes with every message handled; tells two deliveries of the same object apart.</summary>
    public long Invocations => _invocations;

    public bool IsTerminated => _mailbox.IsClosed;

    public ActorBase? Actor => _actor;

    public static ActorCell? Enter(ActorCell? cell)
    {
        var previous = _current;
        _current = cell;
        return previous;
    }

    /// <summary>
    /// Makes the cell the implicit sender of the calling flow, over awaits, but not of any thread.
    /// </summary>
    public static void EnterAmbient(ActorCell? cell)
    {
        if (_ambient is null)
            Interlocked.CompareExchange(ref _ambient, new AsyncLocal<ActorCell?>(), null);
        _ambient.Value = cell;
    }

    public void Start()
    {
        Dispatcher.Attach(this);
        _mailbox.PostSystem(new Create());
    }

    public void SendMessage(object message, IActorRef? sender) => _mailbox.Post(message, sender);

    public void SendSystemMessage(SystemMessage message) => _mailbox.PostSystem(message);

    public void Become(Receive receive)
    {
        _behavior = receive;
    }

    public void BecomeStacked(Receive receive)
    {
        (_outerBehaviors ??= new Stack<Receive?>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        Receive? outer = null;
        _outerBehaviors?.TryPop(out outer);
        _behavior = outer ?? _actor?.DefaultReceive;
    }

    public void Become(UntypedReceive receive) => Become(Handled(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handled(receive));

    public ActorSelection ActorSelection(ActorPath actorPath) => _system.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) =>
        SelectionDelivery.Select(_system, _self, actorPath);

    internal void ToDeadLetters(object message, IActorRef? sender)
    {
        // A dead letter that its own subscriber cannot take any more is dropped, or it would come back for ever.
        if (message is not AllDeadLetters)
            _system.DeadLetters.Tell(new DeadLetter(message, sender ?? _system.DeadLetters, _self), sender);
    }

    internal void SystemMessageToDead(SystemMessage message) =>
        _system.DeadLettersRef.SendSystemMessage(message);

    internal void Publish(LogEvent e) => _system.EventStream.Publish(e);

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private Type LogClass => _actor?.GetType() ?? _props.Type;
}
