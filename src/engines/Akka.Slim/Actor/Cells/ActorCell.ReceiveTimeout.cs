namespace Akka.Actor;

/// <summary>
/// The receive timeout: cancelled when a message comes, armed again when it has been handled.
/// </summary>
internal sealed partial class ActorCell
{
    private ReceiveTimeoutTimer? _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.Duration;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is { } duration && duration > TimeSpan.Zero)
        {
            _receiveTimeout?.Dispose();
            _receiveTimeout = new ReceiveTimeoutTimer(_system.Time, _self, duration);
            if (_runningTasks == 0)
                _receiveTimeout.Arm();
            return;
        }
        CancelReceiveTimeout();
    }

    private void CancelReceiveTimeout()
    {
        _receiveTimeout?.Dispose();
        _receiveTimeout = null;
    }

    /// <summary>True when this message counts as activity.</summary>
    private bool PauseReceiveTimeout(object message)
    {
        if (!Influences(message))
            return false;
        _receiveTimeout!.Disarm();
        return true;
    }

    private static bool Influences(object? message) =>
        message is not (INotInfluenceReceiveTimeout or TimerMessage { Message: INotInfluenceReceiveTimeout });

    private void RearmReceiveTimeout(bool influenced)
    {
        if (influenced && _runningTasks == 0 && !IsTerminated)
            _receiveTimeout?.Arm();
    }

    private sealed class ReceiveTimeoutTimer : IDisposable
    {
        private readonly ITimer _timer;

        public ReceiveTimeoutTimer(TimeProvider time, LocalActorRef self, TimeSpan duration)
        {
            Duration = duration;
            _timer = time.CreateTimer(
                static state =>
                    ((LocalActorRef)state!).Tell(Akka.Actor.ReceiveTimeout.Instance, (IActorRef?)state),
                self,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public TimeSpan Duration { get; }

        public void Arm() => _timer.Change(Duration, Timeout.InfiniteTimeSpan);

        public void Disarm() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public void Dispose() => _timer.Dispose();
    }
}
