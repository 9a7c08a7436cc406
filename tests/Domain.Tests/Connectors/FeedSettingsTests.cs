using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Connectors;

/// <summary>What a connector of feeds may be told.</summary>
public sealed class FeedSettingsTests
{
    private static readonly ConnectorInput Input = new()
    {
        Name = "Feeds",
        Format = FormatNames.Feeds,
        Source = new() { Region = "eu-central-1", Paths = new UnifiedPath("s3://bucket/imports"), Credentials = new ServiceCredentials() },
    };

    [Fact]
    public void Without_settings_feeds_are_what_their_names_say()
    {
        var feeds = Check(Input).Value.Settings.Feeds!;

        Assert.Equal(FeedKind.CallCenterIssues, feeds.KindOf("call_center_issues"));
        Assert.Null(feeds.KindOf("calls"));
    }

    [Fact]
    public void A_mapped_feed_is_what_the_mapping_says()
    {
        var feeds = Check(Input with { Feeds = new() { Kinds = Map("calls", FeedKind.CallCenterIssues) } }).Value.Settings.Feeds!;

        Assert.Equal(FeedKind.CallCenterIssues, feeds.KindOf("calls"));
        Assert.Equal(FeedKind.SalesMethodsAttribution, feeds.KindOf("sales_methods_attribution"));
    }

    [Fact]
    public void Delimiters_are_kept_under_the_names_of_their_columns()
    {
        var feeds = Check(Input with { Feeds = new() { Delimiters = Map("Transaction_Completed", "\t") } }).Value.Settings.Feeds!;

        Assert.Equal(new("transaction_completed", "\t"), Assert.Single(feeds.Delimiters));
    }

    public static TheoryData<string, ConnectorInput, string, string> Refused() => new()
    {
        { "settings of feeds for another format", Input with { Format = FormatNames.ConversationJson, Feeds = new() }, "/feeds", "not_of_this_format" },
        { "a default agent", Input with { DefaultAgentEmail = "ana@shop.example" }, "/defaultAgentEmail", "not_of_this_format" },
        { "a default queue", Input with { DefaultQueue = Guid.NewGuid() }, "/defaultQueue", "not_of_this_format" },
        { "the policy to ignore", Input with { RevisionPolicy = RevisionPolicy.Ignore }, "/revisionPolicy", "not_of_this_format" },
        {
            "separate paths", Input with { Source = Input.Source with { Paths = new SeparatePaths("s3://bucket/voice", "s3://bucket/chat") } },
            "/source/paths", "not_of_this_format"
        },
        { "an empty name", With(Map("", FeedKind.CallCenterIssues)), "/feeds/kinds/", "invalid_feed_name" },
        { "a long name", With(Map(new string('a', 201), FeedKind.CallCenterIssues)), $"/feeds/kinds/{new string('a', 201)}", "invalid_feed_name" },
        { "a name of two folders", With(Map("a/b~c", FeedKind.CallCenterIssues)), "/feeds/kinds/a~1b~0c", "invalid_feed_name" },
        { "another kind for a known name", With(Map("call_recordings", FeedKind.CallCenterIssues)), "/feeds/kinds/call_recordings", "feed_name_taken" },
        {
            "more names than may be",
            With(Enumerable.Range(0, 101).ToDictionary(n => $"feed-{n}", _ => FeedKind.CallRecordings)), "/feeds/kinds", "too_many"
        },
        {
            "names beside one fixed kind",
            Input with { Feeds = new() { FixedKind = FeedKind.CallRecordings, Kinds = Map("calls", FeedKind.CallRecordings) } },
            "/feeds/kinds", "kind_fixed"
        },
        { "a column that nobody knows", With(Map("topics", ",")), "/feeds/delimiters/topics", "unknown_column" },
        { "a column of numbers", With(Map("time_in_queue", ",")), "/feeds/delimiters/time_in_queue", "unknown_column" },
        { "a column of ids", With(Map("customer_id", ",")), "/feeds/delimiters/customer_id", "unknown_column" },
        { "a message's text", With(Map("text", ",")), "/feeds/delimiters/text", "unknown_column" },
        {
            "a column of a kind that is not read",
            Input with { Feeds = new() { FixedKind = FeedKind.SalesMethodsAttribution, Delimiters = Map("transfer", ",") } },
            "/feeds/delimiters/transfer", "unknown_column"
        },
        { "a delimiter of nothing", With(Map("transfer", "")), "/feeds/delimiters/transfer", "invalid_delimiter" },
        { "a delimiter that is null", With(Map("transfer", (string)null!)), "/feeds/delimiters/transfer", "invalid_delimiter" },
        { "a delimiter of six characters", With(Map("transfer", "abcdef")), "/feeds/delimiters/transfer", "invalid_delimiter" },
        { "a delimiter across lines", With(Map("transfer", "\n")), "/feeds/delimiters/transfer", "invalid_delimiter" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_has_no_use_is_refused_by_name(string what, ConnectorInput input, string pointer, string code)
    {
        Assert.True(Check(input).Failure is Failure.Invalid, what);
        Assert.Equal((pointer, code), ((Failure.Invalid)Check(input).Failure!).Errors.Select(e => (e.Pointer, e.Code)).Single());
    }

    [Fact]
    public void A_column_that_is_named_twice_is_refused()
    {
        var refused = Check(With(new Dictionary<string, string> { ["transfer"] = ",", ["TRANSFER"] = ";" }));

        Assert.Equal("duplicate", Assert.Single(((Failure.Invalid)refused.Failure!).Errors).Code);
    }

    private static ConnectorInput With(Dictionary<string, FeedKind> kinds) => Input with { Feeds = new() { Kinds = kinds } };

    private static ConnectorInput With(Dictionary<string, string> delimiters) => Input with { Feeds = new() { Delimiters = delimiters } };

    private static Dictionary<string, T> Map<T>(string name, T value) => new() { [name] = value };

    private static Outcome<CheckedInput> Check(ConnectorInput input) =>
        ConnectorCheck.Check(input, [FormatNames.QualityCsv, FormatNames.ConversationJson, FormatNames.Feeds], secretStored: false);
}
