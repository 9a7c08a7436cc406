using System.Text.Json;
using QualityIngest.Domain.Scheduling;

namespace QualityIngest.Domain.Tests.Scheduling;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Schedules_keep_their_kind_and_members_as_json()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Schedule[] schedules = [new IntervalSchedule(15, IntervalUnit.Minutes, Noon), new CronSchedule("0 6 * * *", "Europe/Berlin")];
        foreach (var schedule in schedules)
            Assert.Equal(schedule, JsonSerializer.Deserialize<Schedule>(JsonSerializer.Serialize(schedule, json), json));

        Assert.Equal(
            """{"kind":"interval","every":2,"unit":"hours","startAt":null}""",
            JsonSerializer.Serialize<Schedule>(new IntervalSchedule(2, IntervalUnit.Hours), json));
    }

    [Theory]
    [InlineData("2026-03-28T11:00:00Z", "2026-03-28T12:30:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-28T12:30:00Z")]
    [InlineData("2026-03-28T12:00:01Z", "2026-03-28T12:00:01Z")]
    [InlineData("2020-01-01T00:10:00Z", "2026-03-28T12:10:00Z")]
    [InlineData("2020-01-01T02:10:00+02:00", "2026-03-28T12:10:00Z")]
    public void An_interval_keeps_to_the_steps_from_its_start(string start, string next) =>
        Assert.Equal(At(next), new IntervalSchedule(30, IntervalUnit.Minutes, At(start)).Next(Noon));

    [Theory]
    [InlineData("2026-03-28T09:59:59Z", true)]
    [InlineData("2026-03-28T10:00:00Z", false)]
    [InlineData("2026-03-20T00:00:00Z", true)]
    public void An_interval_is_overdue_once_two_of_it_have_gone_by(string since, bool overdue) =>
        Assert.Equal(overdue, new IntervalSchedule(1, IntervalUnit.Hours, At("2026-03-01T00:30:00Z")).IsOverdue(At(since), Noon));

    [Fact]
    public void An_interval_whose_first_times_have_not_come_is_not_overdue()
    {
        Assert.False(new IntervalSchedule(1, IntervalUnit.Hours, Noon.AddMinutes(5)).IsOverdue(Noon.AddDays(-9), Noon));
        Assert.False(new IntervalSchedule(1, IntervalUnit.Hours, Noon.AddMinutes(-5)).IsOverdue(Noon.AddDays(-9), Noon));
    }

    [Theory]
    [InlineData("2026-03-27T17:01:00Z", "2026-03-30T08:59:00Z", false)] // Friday's last scan, over the weekend
    [InlineData("2026-03-27T17:01:00Z", "2026-03-30T09:30:00Z", false)]
    [InlineData("2026-03-27T17:01:00Z", "2026-03-30T10:00:00Z", true)]
    [InlineData("2026-03-30T09:01:00Z", "2026-03-30T11:00:30Z", false)]
    [InlineData("2026-03-30T09:01:00Z", "2026-03-30T11:02:00Z", true)]
    public void A_cron_expression_is_overdue_by_the_distance_of_its_last_two_times(string since, string now, bool overdue) =>
        Assert.Equal(overdue, new CronSchedule("0 9-17 * * 1-5").IsOverdue(At(since), At(now)));

    [Fact]
    public void An_interval_without_a_start_begins_when_it_is_set()
    {
        var set = (IntervalSchedule)new IntervalSchedule(1, IntervalUnit.Days).From(Noon.AddMilliseconds(250));
        Assert.Equal(Noon, set.StartAt);
        Assert.Equal([Noon.AddDays(1), Noon.AddDays(2)], set.Next(Noon, 2));
    }

    [Theory]
    [InlineData("0 6 * * *", "UTC", "2026-03-29T06:00:00Z")]
    [InlineData("0 6 * * *", "Europe/Berlin", "2026-03-29T04:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z")]
    [InlineData("*/15 * * * *", "UTC", "2026-03-28T12:15:00Z")]
    [InlineData("0 9 * * 1-5", "America/New_York", "2026-03-30T13:00:00Z")]
    [InlineData("0 0 * * 0", "UTC", "2026-03-29T00:00:00Z")]
    [InlineData("0 0 6 ? * MON", "UTC", "2026-03-30T06:00:00Z")]
    [InlineData("0 0 6 L * ?", "UTC", "2026-03-31T06:00:00Z")]
    [InlineData("0 0 6 1 1 ? 2027", "UTC", "2027-01-01T06:00:00Z")]
    public void A_cron_expression_is_read_in_its_time_zone(string expression, string zone, string next)
    {
        var schedule = new CronSchedule(expression, zone);
        Assert.Empty(schedule.Problems());
        Assert.Equal(At(next), schedule.Next(Noon));
        Assert.Equal(TimeSpan.Zero, schedule.Next(Noon)!.Value.Offset);
    }

    [Theory]
    [InlineData("* * * * *", "2026-03-28T12:00:00Z", "2026-03-28T12:00:00Z")]
    [InlineData("* * * * *", "2026-03-28T12:00:59.999Z", "2026-03-28T12:00:00Z")]
    [InlineData("0 6 * * *", "2026-03-28T05:59:59Z", "2026-03-27T06:00:00Z")]
    [InlineData("* * 1 1 *", "2026-12-31T00:00:00Z", "2026-01-01T23:59:00Z")]
    [InlineData("0 0 29 2 *", "2026-03-28T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("0 0 6 1 1 ? 2010", "2026-03-28T00:00:00Z", null)]
    public void The_last_firing_of_a_cron_expression_is_found(string expression, string at, string? last) =>
        Assert.Equal(last is null ? null : At(last), new CronSchedule(expression).Last(At(at)));

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-28T12:00:00Z")]
    [InlineData("2026-03-28T12:00:00.5Z", "2026-03-28T12:00:00Z")]
    [InlineData("2026-03-28T13:29:59Z", "2026-03-28T13:00:00Z")]
    [InlineData("2026-03-28T11:59:59Z", null)]
    public void The_last_firing_of_an_interval_is_a_step_from_its_start(string at, string? last) =>
        Assert.Equal(last is null ? null : At(last), new IntervalSchedule(30, IntervalUnit.Minutes, Noon).Last(At(at)));

    [Fact]
    public void A_cron_expression_with_a_last_year_ends() =>
        Assert.Empty(new CronSchedule("0 0 6 1 1 ? 2026").Next(Noon, 3));

    [Theory]
    [InlineData("61 * * * *", "minute field '61', number 1")]
    [InlineData("99 4 * * *", "minute field '99', number 1")]
    [InlineData("0 0-98 * * *", "hour field '0-98', number 2")]
    [InlineData("0 25 * * *", "hour field '25', number 2")]
    [InlineData("0 0 32 * *", "day of month field '32', number 3")]
    [InlineData("0 0 * 13 *", "month field '13', number 4")]
    [InlineData("0 0 * * 8", "day of week field '8', number 5")]
    [InlineData("0 0 6 32 * ?", "day of month field '32', number 4")]
    [InlineData("0 0 6 ? * XYZ", "day of week field 'XYZ', number 6")]
    [InlineData("0 0 6 ? * MON 1066x", "year field '1066x', number 7")]
    [InlineData("*/10 * * * * ?", "second field '*/10'")]
    [InlineData("* * * *", "five fields")]
    [InlineData("", "five fields")]
    [InlineData("@daily", "five fields")]
    [InlineData("0 0 30 2 *", "never fires")]
    public void A_bad_expression_is_told_by_its_field(string expression, string message)
    {
        var problem = Assert.Single(new CronSchedule(expression).Problems());
        Assert.Equal("expression", problem.Field);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public void A_time_zone_is_an_iana_name(string zone) =>
        Assert.Equal("timeZone", Assert.Single(new CronSchedule("0 6 * * *", zone).Problems()).Field);

    [Theory]
    [InlineData(0, IntervalUnit.Minutes)]
    [InlineData(-5, IntervalUnit.Hours)]
    [InlineData(367, IntervalUnit.Days)]
    [InlineData(int.MaxValue, IntervalUnit.Days)]
    public void An_interval_is_from_one_minute_to_a_year(int every, IntervalUnit unit) =>
        Assert.Equal("every", Assert.Single(new IntervalSchedule(every, unit).Problems()).Field);

    [Fact]
    public void An_unknown_unit_is_refused() =>
        Assert.Equal("unit", Assert.Single(new IntervalSchedule(1, (IntervalUnit)9).Problems()).Field);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
