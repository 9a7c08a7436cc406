using System.Text.Json.Serialization;

namespace QualityIngest.Domain.Scheduling;

/// <summary>When a connector is scanned. Stored and exchanged as JSON, told apart by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IntervalSchedule), "interval")]
[JsonDerivedType(typeof(CronSchedule), "cron")]
public abstract record Schedule
{
    /// <summary>What is wrong with it, each problem located at a member; empty when it can be used.</summary>
    public IReadOnlyList<ScheduleProblem> Problems() => Problems(TimeSpan.FromMinutes(1));

    /// <summary>The first time after another at which it fires; null when it never fires again.</summary>
    /// <exception cref="ArgumentException">It has <see cref="Problems()"/>.</exception>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>The last time not after another at which it fires; null when there was none.</summary>
    /// <exception cref="ArgumentException">It has <see cref="Problems()"/>.</exception>
    public abstract DateTimeOffset? Last(DateTimeOffset at);

    /// <summary>
    /// Whether two intervals have gone by since a time and both their scans are due: the last two times at which it fired lie
    /// behind that time, which is more than twice their distance ago.
    /// </summary>
    /// <exception cref="ArgumentException">It has <see cref="Problems()"/>.</exception>
    public bool IsOverdue(DateTimeOffset since, DateTimeOffset now) =>
        Last(now) is { } last && Last(last - TimeSpan.FromSeconds(1)) is { } before && since < before && now - since > 2 * (last - before);

    /// <summary>The first so many times after another at which it fires.</summary>
    /// <param name="count">From 0 to 100.</param>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100);
        var times = new List<DateTimeOffset>();
        for (var next = Next(after); next is not null && times.Count < count; next = Next(next.Value))
            times.Add(next.Value);
        return times;
    }

    /// <summary>The same schedule with what it takes from the moment of its creation written out.</summary>
    public virtual Schedule From(DateTimeOffset now) => this;

    internal abstract IReadOnlyList<ScheduleProblem> Problems(TimeSpan shortest);
}

/// <summary>The unit of an interval.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntervalUnit>))]
public enum IntervalUnit
{
    /// <summary>Sixty seconds.</summary>
    [JsonStringEnumMemberName("minutes")]
    Minutes,

    /// <summary>Sixty minutes.</summary>
    [JsonStringEnumMemberName("hours")]
    Hours,

    /// <summary>Twenty-four hours, whatever clocks do anywhere.</summary>
    [JsonStringEnumMemberName("days")]
    Days,
}

/// <summary>Fires every so many minutes, hours or days, counted from a start.</summary>
/// <param name="Every">At least one, at most a year.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="StartAt">The first time, and what all others are counted from; null: the moment when the schedule is set.</param>
public sealed record IntervalSchedule(int Every, IntervalUnit Unit, DateTimeOffset? StartAt = null) : Schedule
{
    /// <inheritdoc/>
    /// <remarks>Without a start, it counts from <paramref name="after"/>.</remarks>
    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = (StartAt ?? after).ToUniversalTime();
        if (start > after)
            return start;
        var steps = (after - start).Ticks / Interval.Ticks + 1;
        return start + steps * Interval;
    }

    /// <inheritdoc/>
    /// <remarks>Without a start, it counts from <paramref name="at"/>.</remarks>
    public override DateTimeOffset? Last(DateTimeOffset at)
    {
        var start = (StartAt ?? at).ToUniversalTime();
        return start > at ? null : start + (at - start).Ticks / Interval.Ticks * Interval;
    }

    /// <inheritdoc/>
    public override Schedule From(DateTimeOffset now) => this with { StartAt = WholeSecond(StartAt ?? now) };

    internal TimeSpan Interval => Unit switch
    {
        IntervalUnit.Minutes => TimeSpan.FromMinutes(Every),
        IntervalUnit.Hours => TimeSpan.FromHours(Every),
        IntervalUnit.Days => TimeSpan.FromDays(Every),
        _ => throw new ArgumentException($"{Unit} is no unit of an interval."),
    };

    internal override IReadOnlyList<ScheduleProblem> Problems(TimeSpan shortest)
    {
        if (!Enum.IsDefined(Unit))
            return [new("unit", "invalid_schedule", "The unit is one of minutes, hours, days.")];
        var most = (int)(TimeSpan.FromDays(366) / (this with { Every = 1 }).Interval);
        return Every >= 1 && Every <= most
            ? []
            : [new("every", "invalid_schedule", $"Every is from 1 to {most} {Unit.ToString().ToLowerInvariant()}.")];
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}

/// <summary>Fires when a clock in a time zone reads what an expression says.</summary>
/// <param name="Expression">
/// Five fields as in a crontab (minute, hour, day of month, month, day of week with 0 and 7 for Sunday), or six or seven as
/// in Quartz (second, minute, hour, day of month, month, day of week with 1 for Sunday, year). At most once a minute.
/// </param>
/// <param name="TimeZone">
/// An IANA time zone, e.g. <c>Europe/Berlin</c>. A time that the clocks skip in spring fires when they have moved on.
/// </param>
public sealed record CronSchedule(string Expression, string TimeZone = "UTC") : Schedule
{
    /// <inheritdoc/>
    public override DateTimeOffset? Next(DateTimeOffset after) => CronText.Parse(this).GetNextValidTimeAfter(after)?.ToUniversalTime();

    /// <inheritdoc/>
    public override DateTimeOffset? Last(DateTimeOffset at) => CronText.Last(CronText.Parse(this), at);

    internal override IReadOnlyList<ScheduleProblem> Problems(TimeSpan shortest) => CronText.Problems(this, shortest);
}

/// <summary>What is wrong with a schedule.</summary>
/// <param name="Field">The member, in camelCase: <c>every</c>, <c>unit</c>, <c>expression</c>, <c>timeZone</c>.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Message">A sentence; for an expression it names the field in it.</param>
public sealed record ScheduleProblem(string Field, string Code, string Message);
