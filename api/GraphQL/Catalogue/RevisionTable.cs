using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>The revisions of conversations, without what their rows say.</summary>
internal static class RevisionTable
{
    public const string Type = "Revision";

    public static void Declare(CatalogueBuilder c) => c.Table(Type, "One revision of a conversation: what a row said when it came.", "qi.conversation_contents", t =>
    {
        t.Key("revision", ScalarKind.Int).DefaultOrder("NUMBER_DESC");
        t.Int("number", "revision", "From 1; the highest is the current one.").NotNull().Order();
        t.Boolean("hasTranscript", "({t}.transcript_json is not null or {t}.transcript is not null)", "Whether its transcript was read.").NotNull();
        t.Time("storedAt", "created_at", "When it was stored.").NotNull();
    });
}
