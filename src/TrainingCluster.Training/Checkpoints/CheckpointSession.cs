using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Checkpoints;

/// <summary>
/// One job's dealings with its checkpoints. What is stored is an envelope (spec digest, numeric profile,
/// attempt) around the learner's own bytes; a checkpoint of another spec, another profile or a later attempt
/// is not used.
/// </summary>
internal sealed class CheckpointSession
{
    private readonly ICheckpointStore _store;
    private readonly CheckpointCadence _cadence;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellation;
    private readonly CheckpointEnvelope _envelope;
    private long _savedStep;
    private long _savedStamp;

    public CheckpointSession(
        JobRequest request,
        NumericProfileInfo profile,
        TimeProvider clock,
        CheckpointCadence cadence,
        CancellationToken cancellation)
    {
        _store = request.Checkpoints;
        _cadence = cadence;
        _clock = clock;
        _cancellation = cancellation;
        Profile = profile;
        SpecDigest = request.Spec.SpecDigest(request.Inputs);
        _envelope = new CheckpointEnvelope(
            SpecDigest, profile.Fingerprint, request.Recovery.Attempt, default);
        _savedStamp = clock.GetTimestamp();
        Restored = Load();
    }

    /// <summary>What the job computes.</summary>
    public Digest SpecDigest { get; }

    /// <summary>What it computes with.</summary>
    public NumericProfileInfo Profile { get; }

    /// <summary>The learner's bytes to continue from, or null to begin at the beginning.</summary>
    public ReadOnlyMemory<byte>? Restored { get; }

    private string Key => SpecDigest.Hex;

    /// <summary>
    /// To be called between two steps. Saves when a checkpoint is due; when the job is cancelled, saves and
    /// throws.
    /// </summary>
    /// <param name="step">Steps of the job that are done.</param>
    /// <param name="capture">The learner's whole state as bytes; called only when needed.</param>
    /// <exception cref="OperationCanceledException">The job is cancelled and its checkpoint is
    /// stored.</exception>
    public void StepDone(long step, Func<byte[]> capture)
    {
        var cancelled = _cancellation.IsCancellationRequested;
        var due = step - _savedStep >= _cadence.Steps
            || _clock.GetElapsedTime(_savedStamp) >= _cadence.Interval;
        if (cancelled || due)
        {
            _store.Save(Key, (_envelope with { Content = capture() }).ToBytes());
            _savedStep = step;
            _savedStamp = _clock.GetTimestamp();
        }

        _cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The job is done: its checkpoints have no use any more.</summary>
    public void Finish() => _store.Clear(Key);

    private ReadOnlyMemory<byte>? Load()
    {
        if (_store.LoadLatest(Key) is not { } bytes || CheckpointEnvelope.TryParse(bytes) is not { } stored)
        {
            return null;
        }

        return stored.Spec == SpecDigest && stored.Profile == _envelope.Profile
            && stored.Attempt <= _envelope.Attempt
            ? stored.Content
            : default(ReadOnlyMemory<byte>?);
    }
}
