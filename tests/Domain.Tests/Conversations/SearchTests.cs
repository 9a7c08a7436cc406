using QualityIngest.Database;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Conversations;

/// <summary>What the database makes of transcripts and of the values beside them, and who finds them.</summary>
public sealed class SearchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableTheory]
    [InlineData("Café CRÈME", "cafe creme")]
    [InlineData("“Hello”—naïve…", " hello  naive...")]
    [InlineData("Straße 東京", "straße 東京")]
    [InlineData("plain ASCII", "plain ascii")]
    public async Task Text_is_folded_the_same_way_in_every_locale(string text, string folded) =>
        Assert.Equal(folded, await Scalar<string>("select search_fold($1)", text));

    [SkippableTheory]
    [InlineData("""{"a":"\u0000x\\u0000"}""", """{"a":"x\\u0000"}""")]
    [InlineData("""{"\u0000":"\ud83d\ude00\ud83d y\ude00\\"}""", """{"":"😀 y\\"}""")]
    [InlineData("""{"a":"\\\u0000\\\\u0000"}""", """{"a":"\\\\\\u0000"}""")]
    public async Task Json_that_no_text_can_hold_is_cleaned_and_nothing_else_of_it_changes(string json, string clean) =>
        Assert.True(await Scalar<bool>("select search_clean($1::json)::jsonb = $2::jsonb", json, clean));

    [SkippableTheory]
    [InlineData("""{"user_data":{"plan":"Gold\u0000","n":1e999999,"l":[{"a":true},"q"],"z":null}}""", "user_data.l.a=true,user_data.l=q,user_data.n=1e999999,user_data.plan=gold")]
    [InlineData("""{"a":1.50,"b":{}}""", "a=1.50")]
    [InlineData("[]", null)]
    public async Task Values_are_terms_of_their_path(string members, string? terms) =>
        Assert.Equal(terms, await Scalar<string>("select array_to_string(search_terms($1::json), ',')", members));

    [SkippableFact]
    public async Task A_long_transcript_of_different_words_fits()
    {
        var words = await Scalar<int>(
            """
            select length(search_words(json_build_object('utterances', (select json_agg(json_build_object('text', md5(n::text))) from generate_series(1, 40000) n))))
            """);
        Assert.InRange(words, 6_000, 7_000);
    }

    [SkippableFact]
    public async Task A_tenant_finds_its_own_conversations_and_a_session_without_one_finds_none()
    {
        await Execute(
            """
            insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
            select 'search-' || t, md5('search' || t)::uuid, 1,
                search_words('{"utterances":[{"text":"My refund of ord-17 never came,"},{"text":"the Café said."}]}'), search_terms('{"user_data":{"plan":"Gold"}}')
            from generate_series(1, 2) t
            """);
        await using var session = await database.Postgres.Reading("search-1", default);

        Assert.Equal(1, await Found(session, "search_transcripts", "refund"));
        Assert.Equal(1, await Found(session, "search_transcripts", "\"never came\" cafe -invoice"));
        Assert.Equal(0, await Found(session, "search_transcripts", "\"came never\""));
        Assert.Equal(1, await Found(session, "search_transcripts", "17"));
        Assert.Equal(1, await Found(session, "search_transcripts", "ord-17 -ord-18"));
        Assert.Equal(0, await Found(session, "search_transcripts", "refund -ord-17"));
        Assert.Equal(0, await Found(session, "search_transcripts", "…"));
        Assert.Equal(1, await Found(session, "search_attributes", "user_data.plan=GOLD"));
        Assert.Equal(0, await Found(session, "search_attributes", "plan=gold"));
        await session.Execute(new Statement("set local qi.tenant = ''"), default);
        Assert.Equal(0, await Found(session, "search_transcripts", "refund"));
    }

    private static Task<long> Found(TenantSession session, string function, string query) =>
        session.Scalar<long>(new Statement($"select count(*) from {function}($1)", query), default);

    private async Task<T?> Scalar<T>(string sql, params object?[] values)
    {
        await using var session = await database.Postgres.System(default);
        return await session.Scalar<T>(new Statement(sql, values), default);
    }

    private async Task Execute(string sql)
    {
        await using var session = await database.Postgres.System(default);
        await session.Execute(new Statement(sql), default);
        await session.Commit(default);
    }
}
