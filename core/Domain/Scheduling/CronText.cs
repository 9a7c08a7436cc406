using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>Reads cron expressions, and says which field of one is wrong.</summary>
internal static class CronText
{
    private const string Code = "invalid_schedule";
    private static readonly string[] Crontab = ["minute", "hour", "day of month", "month", "day of week"];
    private static readonly string[] Quartz = ["second", "minute", "hour", "day of month", "month", "day of week", "year"];

    /// <exception cref="ArgumentException">The schedule has problems.</exception>
    public static CronExpression Parse(CronSchedule schedule) =>
        Zone(schedule.TimeZone) is { } zone && CronExpression.TryParse(schedule.Expression, Format(Fields(schedule.Expression)), out var cron)
            ? cron.WithTimeZone(zone)
            : throw new ArgumentException("The schedule is not valid.", nameof(schedule));

    /// <summary>The last time not after another at which an expression fires, within the ten years before it.</summary>
    public static DateTimeOffset? Last(CronExpression cron, DateTimeOffset at)
    {
        bool FiresAfter(DateTimeOffset time) => cron.GetNextValidTimeAfter(time) <= at;

        var step = TimeSpan.FromMinutes(1);
        while (!FiresAfter(at - step))
        {
            step *= 2;
            if (step > TimeSpan.FromDays(3653))
                return null;
        }

        // An expression only tells what follows, so the last firing is closed in on from both sides.
        var (before, after) = (at - step, at);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + (after - before) / 2;
            (before, after) = FiresAfter(middle) ? (middle, after) : (before, middle);
        }
        return cron.GetNextValidTimeAfter(before)!.Value.ToUniversalTime();
    }

    public static IReadOnlyList<ScheduleProblem> Problems(CronSchedule schedule, TimeSpan shortest)
    {
        var problems = new List<ScheduleProblem>();
        if (Zone(schedule.TimeZone) is null)
            problems.Add(new("timeZone", "unknown_time_zone", "The time zone is an IANA name such as Europe/Berlin or UTC."));
        if (OfExpression(schedule.Expression, shortest) is { } problem)
            problems.Add(new("expression", Code, problem));
        return problems;
    }

    /// <summary>The time zone of an IANA name; null when there is none.</summary>
    private static TimeZoneInfo? Zone(string? name) =>
        name is { Length: > 0 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    private static string? OfExpression(string? expression, TimeSpan shortest)
    {
        var fields = Fields(expression);
        if (fields.Length is < 5 or > 7 || expression!.Length > 120)
            return "The expression has five fields as in a crontab, or six or seven as in Quartz, and at most 120 characters.";
        if (fields.Length > 5 && shortest >= TimeSpan.FromMinutes(1) && !fields[0].All(char.IsAsciiDigit))
            return $"The second field '{fields[0]}' is one number: a schedule fires at most once a minute.";
        if (!CronExpression.TryParse(expression, Format(fields), out var cron))
            return Located(fields);
        return cron.WithTimeZone(TimeZoneInfo.Utc).GetNextValidTimeAfter(DateTimeOffset.UnixEpoch.AddYears(55)) is null
            ? "The expression never fires."
            : null;
    }

    // Each field is tried alone, with the others left open; what only the fields together get wrong has no place of its own.
    private static string Located(string[] fields)
    {
        var names = fields.Length == 5 ? Crontab : Quartz;
        for (var place = 0; place < fields.Length; place++)
        {
            string[] alone = fields.Length == 5 ? ["*", "*", "*", "*", "*"] : ["0", "*", "*", "?", "*", "?", "*"];
            alone = alone[..fields.Length];
            if (fields.Length > 5)
                alone[place == 5 ? 3 : 5] = place == 5 ? "?" : fields[3] == "?" && place == 3 ? "*" : "?";
            if (fields.Length > 5 && place is not (3 or 5))
                alone[3] = "*";
            alone[place] = fields[place];
            if (Failure(alone) is { } message)
                return $"The {names[place]} field '{fields[place]}', number {place + 1}, is not valid: {message}";
        }
        return $"The expression is not valid: {Failure(fields)}";
    }

    private static string? Failure(string[] fields)
    {
        try
        {
            CronExpression.Parse(string.Join(' ', fields), Format(fields));
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static CronFormat Format(string[] fields) => fields.Length == 5 ? CronFormat.Unix : CronFormat.Quartz;

    private static string[] Fields(string? expression) =>
        (expression ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
