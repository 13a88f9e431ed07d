namespace Akka.Actor;

/// <summary>The cell's timers.</summary>
internal sealed partial class ActorCell
{
    private TimerScheduler? _timers;

    internal TimerScheduler Timers => _timers ??= new TimerScheduler(this);

    private void ReceivedTimer(TimerMessage timer)
    {
        if (!ReferenceEquals(timer.Owner, _timers) || !_timers!.Accepts(timer))
            return;
        if (timer.Message is IAutoReceivedMessage)
            ReceiveAutomatically(timer.Message);
        else
            ReceiveMessage(timer.Message);
    }
}
