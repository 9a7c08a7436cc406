using Quartz;

namespace QualityIngest.Domain.Retention;

/// <summary>Runs the sweep once an hour, on one node: the next run waits for the end of the one before.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RetentionSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(cancellationToken);
}
