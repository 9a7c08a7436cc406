namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>Figures over rows.</summary>
public sealed class StatisticsTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    [SkippableFact]
    public async Task Without_groups_there_is_one_of_all_values_that_are_numbers_to_reckon_with()
    {
        Assert.Equal(
            """{"bookStats":[{"count":12,"rating":{"count":6,"sum":17,"avg":2.8333333333333335,"min":1,"max":4.5,"p50":2.5,"p90":4.5,"p95":4.5,"p99":4.5},"pages":{"count":10,"sum":631,"avg":63.1,"min":10,"max":200,"p50":50.5,"p90":109.99999999999997}}]}""",
            await library.Data("{ bookStats { count rating { count sum avg min max p50 p90 p95 p99 } pages { count sum avg min max p50 p90 } } }"));
    }

    [SkippableFact]
    public async Task Of_no_rows_figures_are_null()
    {
        Assert.Equal(
            """{"bookStats":[{"count":0,"rating":{"count":0,"sum":null,"avg":null,"min":null,"p50":null},"copies":{"sum":null,"max":null,"p99":null}}],"grouped":[]}""",
            await library.Data("""
                { bookStats(filter: {title: {eq: "none"}}) { count rating { count sum avg min p50 } copies { sum max p99 } }
                  grouped: bookStats(filter: {or: []}, groupBy: STATE) { count } }
                """));
    }

    [SkippableFact]
    public async Task A_sum_that_is_out_of_range_is_null()
    {
        Assert.Equal(
            """{"bookStats":[{"copies":{"sum":null,"max":9223372036854775807}}]}""", await library.Data("{ bookStats { copies { sum max } } }"));
    }

    [SkippableFact]
    public async Task Groups_have_keys_of_their_types()
    {
        Assert.Equal(
            """{"bookStats":[{"key":{"state":"LENT","signed":false,"author":null,"day":null},"count":1},{"key":{"state":"LENT","signed":null,"author":null,"day":null},"count":2},{"key":{"state":"LOST","signed":false,"author":null,"day":null},"count":1},{"key":{"state":"LOST","signed":null,"author":null,"day":null},"count":1},{"key":{"state":"ON_SHELF","signed":false,"author":null,"day":null},"count":3},{"key":{"state":"ON_SHELF","signed":true,"author":null,"day":null},"count":2},{"key":{"state":"ON_SHELF","signed":null,"author":null,"day":null},"count":2}]}""",
            await library.Data("{ bookStats(groupBy: [STATE, SIGNED]) { key { state signed author { name } day } count } }"));
    }

    [SkippableFact]
    public async Task A_group_by_a_relation_has_the_row()
    {
        Assert.Equal(
            """{"bookStats":[{"key":{"author":{"name":"😀 Çelik","books":{"totalCount":3}}},"count":3},{"key":{"author":{"name":"Ada Ärlig","books":{"totalCount":2}}},"count":2},{"key":{"author":{"name":"Dora","books":{"totalCount":3}}},"count":2}]}""",
            (await library.Data(
                "{ bookStats(groupBy: AUTHOR, orderBy: COUNT_DESC, first: 3, filter: {author: {name: {ne: \"Bo\"}}, rating: {isNull: false}, or: [{copies: {lt: 100}}]}) { key { author { name books { totalCount } } } count } }"))
                );
    }

    [SkippableTheory]
    [InlineData("KEY_ASC", """[{"key":{"author":{"name":"Ada Ärlig"}},"count":2},{"key":{"author":{"name":"Dora"}},"count":3},{"key":{"author":null},"count":2}]""")]
    [InlineData("KEY_DESC", """[{"key":{"author":{"name":"Dora"}},"count":3},{"key":{"author":{"name":"Ada Ärlig"}},"count":2},{"key":{"author":null},"count":2}]""")]
    [InlineData("COUNT_ASC", """[{"key":{"author":{"name":"Ada Ärlig"}},"count":2},{"key":{"author":null},"count":2},{"key":{"author":{"name":"Dora"}},"count":3}]""")]
    [InlineData("COUNT_DESC", """[{"key":{"author":{"name":"Dora"}},"count":3},{"key":{"author":{"name":"Ada Ärlig"}},"count":2},{"key":{"author":null},"count":2}]""")]
    public async Task Groups_are_ordered_by_key_or_count_and_nulls_are_last(string order, string groups)
    {
        const string filter = """{not: {or: [{author: {name: {eq: "😀 Çelik"}}}, {author: {country: {isNull: true}}}]}}""";

        Assert.Equal(
            $$"""{"bookStats":{{groups}}}""",
            await library.Data("{ bookStats(groupBy: AUTHOR, orderBy: " + order + ", filter: " + filter + ") { key { author { name } } count } }"));
    }

    [SkippableFact]
    public async Task Hours_are_told_apart_where_clocks_repeat_one()
    {
        // In Berlin the clock shows 02:30 twice on that day: at 00:30 and at 01:30 UTC.
        Assert.Equal(
            """{"bookStats":[{"key":{"hour":"2024-10-27T00:00:00.000000Z","day":"2024-10-27"},"count":1},{"key":{"hour":"2024-10-27T01:00:00.000000Z","day":"2024-10-27"},"count":1},{"key":{"hour":"2024-10-27T02:00:00.000000Z","day":"2024-10-27"},"count":1}]}""",
            await library.Data("""
                { bookStats(groupBy: [HOUR, DAY], timeZone: "Europe/Berlin", filter: {addedAt: {gte: "2024-10-27T00:00:00Z", lt: "2024-10-28T00:00:00Z"}}) { key { hour day } count } }
                """));
    }

    [SkippableTheory]
    [InlineData("UTC", """[{"key":{"day":"2024-12-31","week":"2024-12-30","month":"2024-12-01"},"count":2},{"key":{"day":"2025-01-01","week":"2024-12-30","month":"2025-01-01"},"count":1}]""")]
    [InlineData("Europe/Berlin", """[{"key":{"day":"2025-01-01","week":"2024-12-30","month":"2025-01-01"},"count":3}]""")]
    [InlineData("America/Los_Angeles", """[{"key":{"day":"2024-12-31","week":"2024-12-30","month":"2024-12-01"},"count":3}]""")]
    [InlineData("Asia/Kathmandu", """[{"key":{"day":"2025-01-01","week":"2024-12-30","month":"2025-01-01"},"count":3}]""")]
    public async Task Days_weeks_and_months_are_those_of_the_time_zone(string zone, string groups)
    {
        Assert.Equal(
            $$"""{"bookStats":{{groups}}}""",
            await library.Data(
                "query ($zone: String!) { bookStats(groupBy: [DAY, WEEK, MONTH], timeZone: $zone, filter: {addedAt: {gte: \"2024-12-01T00:00:00Z\"}}) { key { day week month } count } }",
                new { zone }));
    }

    [SkippableTheory]
    [InlineData("Nowhere/City")]
    [InlineData("")]
    [InlineData("UTC+3")]
    [InlineData("<+03>-3")]
    [InlineData("'; select 1; --")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0")]
    public async Task What_is_no_time_zone_is_refused(string zone)
    {
        Assert.Equal(
            "BAD_USER_INPUT: `timeZone` is no name of a time zone, such as `Europe/Berlin`.",
            await library.Ask("query ($zone: String!) { bookStats(groupBy: DAY, timeZone: $zone) { count } }", new { zone }));
    }

    [SkippableFact]
    public async Task Groups_and_their_parts_may_come_from_variables_and_under_any_alias()
    {
        Assert.Equal(
            """{"bookStats":[{"n":12,"a":{"x":4.5,"max":4.5},"b":{"max":4.5,"p50":2.5},"key":{"month":null},"__typename":"BookGroup"}]}""",
            await library.Data(
                "query ($by: [BookDimension!]!) { bookStats(groupBy: $by) { n: count a: rating { x: max max } b: rating { max p50 } key { month } __typename } }",
                "{\"by\":[]}"));
        Assert.Equal(
            """{"bookStats":[{"key":{"state":"LENT"}},{"key":{"state":"LOST"}},{"key":{"state":"ON_SHELF"}}]}""",
            await library.Data("query ($by: [BookDimension!]!) { bookStats(groupBy: $by) { key { state } } }", "{\"by\":[\"STATE\",\"STATE\"]}"));
    }

    [SkippableFact]
    public async Task Groups_are_bounded()
    {
        Assert.Equal("""{"bookStats":[{"count":3}]}""", await library.Data("{ bookStats(groupBy: STATE, first: 1) { count } }"));
        Assert.Equal(
            "LIMIT_EXCEEDED first 1000 < 1001: `first` is 1001; at most 1000 are answered at once.",
            await library.Ask("{ bookStats(groupBy: STATE, first: 1001) { count } }"));
    }
}
