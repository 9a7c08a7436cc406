using System.Text;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class RegistryTests(TestDatabase database) : StoreTests(database)
{
    private static readonly Dictionary<Type, object> Samples = new object[]
    {
        new Opened(
            "Ünïcode \"quoted\" \u2028 \ud83d\udcde", Urgency.RightAway, "me", new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.Zero), 12.340m,
            [new Party(Guid.NewGuid(), "p", 0.1)], new Dictionary<string, long> { ["Mixed_Key"] = long.MaxValue }),
        new Noted(int.MinValue),
        new Closed(),
    }.ToDictionary(e => e.GetType());

    [SkippableFact]
    public async Task Every_registered_event_round_trips_both_ways_of_writing()
    {
        var events = Events.Registry().Events.Values.Select(type => Samples[type]).ToArray();
        var (few, many) = (Guid.NewGuid(), Guid.NewGuid());
        await Append(Events.Store(), new StreamAppend(few, "case", 0, events));
        await Append(Events.Store(), new StreamAppend(many, "case", 0, [.. Enumerable.Repeat(events, 20).SelectMany(e => e)]));

        foreach (var stored in (await Fetch(few)).Concat(await Fetch(many)))
            Assert.Equivalent(Samples[stored.Data.GetType()], stored.Data, strict: true);
    }

    [SkippableFact]
    public async Task An_event_is_stored_in_plain_words()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), new StreamAppend(stream, "case", 0, [new Opened("a", Urgency.RightAway, DueAt: DateTimeOffset.UnixEpoch)]));

        Assert.Equal(
            """{"dueAt": "1970-01-01T00:00:00+00:00", "title": "a", "urgency": "right_away"}""",
            await Scalar<string>("select data::text from events.mt_events where stream_id = $1", stream));
        Assert.Equal(
            "case_opened, case, no CLR name",
            await Scalar<string>(
                """
                select concat_ws(', ', e.type, s.type, case when e.mt_dotnet_type is null and e.bdata is null then 'no CLR name' end)
                from events.mt_events e join events.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
                where e.stream_id = $1
                """,
                stream));
    }

    [SkippableFact]
    public async Task A_stored_event_that_nobody_knows_is_said_by_name()
    {
        var stream = Guid.NewGuid();
        await Append(new EventStore(new EventRegistry().Map<Noted>("case_from_tomorrow"), []), new StreamAppend(stream, "case", 0, [new Noted(1)]));
        var unknown = await Assert.ThrowsAsync<UnknownEventException>(() => Fetch(stream));
        Assert.Contains("case_from_tomorrow", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_came_later_is_optional_and_one_that_went_is_ignored()
    {
        var read = Events.Registry().Read("case_opened", Encoding.UTF8.GetBytes("""{"title":"old","urgency":"normal","gone":1}"""));
        Assert.Equal(new Opened("old", Urgency.Normal), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CaseOpened")]
    [InlineData("case.opened")]
    [InlineData("case-opened")]
    [InlineData("_case")]
    [InlineData("case_")]
    [InlineData("case__opened")]
    [InlineData("QualityIngest.EventStore.Tests.Opened")]
    public void A_stored_name_is_snake_case(string name) =>
        Assert.Throws<ArgumentException>(() => new EventRegistry().Map<Opened>(name));

    [Fact]
    public void A_stored_name_fits_its_column() =>
        Assert.Throws<ArgumentException>(() => new EventRegistry().Map<Opened>(new string('a', 501)));

    [Fact]
    public void A_name_and_a_type_are_given_once()
    {
        Assert.Throws<ArgumentException>(() => Events.Registry().Map<Party>("case_opened"));
        Assert.Throws<ArgumentException>(() => Events.Registry().Map<Opened>("case_opened_again"));
        Assert.Throws<UnknownEventException>(() => Events.Registry().NameOf(new Party(Guid.Empty, "", 0)));
    }

    [Fact]
    public void The_room_knows_no_other_room() =>
        Assert.DoesNotContain(
            typeof(EventStore).Assembly.GetReferencedAssemblies(),
            a => a.Name!.StartsWith("QualityIngest", StringComparison.Ordinal));
}
