using System.Text.Json.Serialization;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.Cluster.Serialization;

/// <summary>
/// How messages look as JSON. Unknown properties are passed over, so that older readers can follow.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunEvents.Activated), TypeInfoPropertyName = "RunEventsActivated")]
[JsonSerializable(typeof(RunEvents.Submitted), TypeInfoPropertyName = "RunEventsSubmitted")]
[JsonSerializable(typeof(RunEvents.JobAssigned), TypeInfoPropertyName = "RunEventsJobAssigned")]
[JsonSerializable(typeof(RunEvents.JobInputsMissing), TypeInfoPropertyName = "RunEventsJobInputsMissing")]
[JsonSerializable(typeof(RunEvents.JobRecovering), TypeInfoPropertyName = "RunEventsJobRecovering")]
[JsonSerializable(typeof(RunEvents.JobSucceeded), TypeInfoPropertyName = "RunEventsJobSucceeded")]
[JsonSerializable(typeof(RunEvents.JobFailed), TypeInfoPropertyName = "RunEventsJobFailed")]
[JsonSerializable(typeof(RunEvents.JobPreempted), TypeInfoPropertyName = "RunEventsJobPreempted")]
[JsonSerializable(typeof(RunEvents.JobCancelled), TypeInfoPropertyName = "RunEventsJobCancelled")]
[JsonSerializable(typeof(RunEvents.Paused), TypeInfoPropertyName = "RunEventsPaused")]
[JsonSerializable(typeof(RunEvents.Interrupted), TypeInfoPropertyName = "RunEventsInterrupted")]
[JsonSerializable(typeof(RunEvents.Resumed), TypeInfoPropertyName = "RunEventsResumed")]
[JsonSerializable(typeof(RunEvents.Ended), TypeInfoPropertyName = "RunEventsEnded")]
[JsonSerializable(typeof(RunCommands.Submit), TypeInfoPropertyName = "RunCommandsSubmit")]
[JsonSerializable(typeof(RunCommands.Pause), TypeInfoPropertyName = "RunCommandsPause")]
[JsonSerializable(typeof(RunCommands.Resume), TypeInfoPropertyName = "RunCommandsResume")]
[JsonSerializable(typeof(RunCommands.Cancel), TypeInfoPropertyName = "RunCommandsCancel")]
[JsonSerializable(typeof(RunQueries.GetRun), TypeInfoPropertyName = "RunQueriesGetRun")]
[JsonSerializable(typeof(RunQueries.GetRuns), TypeInfoPropertyName = "RunQueriesGetRuns")]
[JsonSerializable(typeof(RunQueries.GetNodes), TypeInfoPropertyName = "RunQueriesGetNodes")]
[JsonSerializable(typeof(RunAnswers.Accepted), TypeInfoPropertyName = "RunAnswersAccepted")]
[JsonSerializable(typeof(RunAnswers.Refused), TypeInfoPropertyName = "RunAnswersRefused")]
[JsonSerializable(typeof(RunAnswers.Found), TypeInfoPropertyName = "RunAnswersFound")]
[JsonSerializable(typeof(RunAnswers.Listed), TypeInfoPropertyName = "RunAnswersListed")]
[JsonSerializable(typeof(RunAnswers.Nodes), TypeInfoPropertyName = "RunAnswersNodes")]
[JsonSerializable(typeof(RunChanged), TypeInfoPropertyName = "RunChanged")]
[JsonSerializable(typeof(JobChanged), TypeInfoPropertyName = "JobChanged")]
[JsonSerializable(typeof(JobAdvanced), TypeInfoPropertyName = "JobAdvanced")]
[JsonSerializable(typeof(JobCommands.Start), TypeInfoPropertyName = "JobCommandsStart")]
[JsonSerializable(typeof(JobCommands.Stop), TypeInfoPropertyName = "JobCommandsStop")]
[JsonSerializable(typeof(JobEvents.Accepted), TypeInfoPropertyName = "JobEventsAccepted")]
[JsonSerializable(typeof(JobEvents.Recovering), TypeInfoPropertyName = "JobEventsRecovering")]
[JsonSerializable(typeof(JobEvents.Succeeded), TypeInfoPropertyName = "JobEventsSucceeded")]
[JsonSerializable(typeof(JobEvents.Failed), TypeInfoPropertyName = "JobEventsFailed")]
[JsonSerializable(typeof(JobEvents.Stopped), TypeInfoPropertyName = "JobEventsStopped")]
[JsonSerializable(typeof(JobAnswers.Recorded), TypeInfoPropertyName = "JobAnswersRecorded")]
[JsonSerializable(typeof(JobAnswers.Superseded), TypeInfoPropertyName = "JobAnswersSuperseded")]
[JsonSerializable(typeof(NodeEvents.Announced), TypeInfoPropertyName = "NodeEventsAnnounced")]
[JsonSerializable(typeof(WorkerCommands.Start), TypeInfoPropertyName = "WorkerCommandsStart")]
[JsonSerializable(typeof(WorkerCommands.Stop), TypeInfoPropertyName = "WorkerCommandsStop")]
[JsonSerializable(typeof(WorkerCommands.Release), TypeInfoPropertyName = "WorkerCommandsRelease")]
[JsonSerializable(typeof(WorkerEvents.Attached), TypeInfoPropertyName = "WorkerEventsAttached")]
[JsonSerializable(typeof(WorkerEvents.Refused), TypeInfoPropertyName = "WorkerEventsRefused")]
[JsonSerializable(typeof(WorkerEvents.Recovering), TypeInfoPropertyName = "WorkerEventsRecovering")]
[JsonSerializable(typeof(WorkerEvents.Finished), TypeInfoPropertyName = "WorkerEventsFinished")]
[JsonSerializable(typeof(WorkerEvents.Failed), TypeInfoPropertyName = "WorkerEventsFailed")]
[JsonSerializable(typeof(WorkerEvents.Stopped), TypeInfoPropertyName = "WorkerEventsStopped")]
[JsonSerializable(typeof(RegistryCommands.Register), TypeInfoPropertyName = "RegistryCommandsRegister")]
[JsonSerializable(typeof(RegistryQueries.GetVersion), TypeInfoPropertyName = "RegistryQueriesGetVersion")]
[JsonSerializable(typeof(RegistryQueries.GetTrials), TypeInfoPropertyName = "RegistryQueriesGetTrials")]
[JsonSerializable(typeof(RegistryQueries.GetStatus), TypeInfoPropertyName = "RegistryQueriesGetStatus")]
[JsonSerializable(typeof(RegistryAnswers.Registered), TypeInfoPropertyName = "RegistryAnswersRegistered")]
[JsonSerializable(typeof(RegistryAnswers.Refused), TypeInfoPropertyName = "RegistryAnswersRefused")]
[JsonSerializable(typeof(RegistryAnswers.Found), TypeInfoPropertyName = "RegistryAnswersFound")]
[JsonSerializable(typeof(RegistryAnswers.Status), TypeInfoPropertyName = "RegistryAnswersStatus")]
[JsonSerializable(typeof(RegistryAnswers.Trials), TypeInfoPropertyName = "RegistryAnswersTrials")]
[JsonSerializable(typeof(VersionRegistered), TypeInfoPropertyName = "VersionRegistered")]
[JsonSerializable(typeof(TrialCounted), TypeInfoPropertyName = "TrialCounted")]
internal sealed partial class ClusterJson : JsonSerializerContext;
