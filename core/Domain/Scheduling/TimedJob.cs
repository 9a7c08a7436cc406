using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>A job of the installation's own, which no connector has: run on one node at each of its times.</summary>
/// <param name="Name">Its name, the same on every node and in every version.</param>
/// <param name="Job">The job under a key; durable, as its trigger is set apart from it.</param>
/// <param name="Cron">When, in UTC by the database's clock, as Quartz writes it. What was missed is run once, at once.</param>
internal sealed record TimedJob(string Name, Func<JobKey, IJobDetail> Job, string Cron)
{
    /// <summary>The scheduler's group of these jobs.</summary>
    public const string Group = "installation";
}
