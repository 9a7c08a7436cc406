using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>What was said: the utterances of a conversation's current revision, out of its transcript's JSON.</summary>
internal static class MessageTable
{
    public const string Type = "Message";

    // Texts stay JSON, as they are stored: nothing is unescaped only to be escaped again.
    private const string Utterances =
        """
        (select u.index, u.role, u.text, u."participantId" as participant_id, u."messageId" as message_id,
            u."startMs" as start_ms, u."endMs" as end_ms, u.at, u.confidence, u.words, u.attributes
        from qi.conversation_contents c
        cross join lateral json_to_recordset(coalesce(c.transcript_json, c.transcript::json) -> 'utterances') as u (
            index integer, role text, "participantId" json, "messageId" json, "startMs" bigint, "endMs" bigint, at timestamptz,
            text json, confidence double precision, words json, attributes json)
        where c.tenant_id = {p}.tenant_id and c.conversation_id = {p}.id and c.revision = {p}.revision)
        """;

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "One turn of speech or one message.", Nowhere, t =>
    {
        t.Key("index", ScalarKind.Int);
        t.Int("index", "index", "Its place in the conversation, from 0.").NotNull();
        t.Enum("role", "role", words.SpeakerRole, "Who spoke.").NotNull();
        t.Text("text", "text", "What was said, as it was written.").NotNull();
        t.Text("participantId", "participant_id", "The source's id of the speaker, where it has one.");
        t.Text("messageId", "message_id", "The source's id of the message, where it has one.");
        t.Long("startMs", "start_ms", "Milliseconds from the conversation's start; negative when the source says that it came before.").NotNull();
        t.Long("endMs", "end_ms", "Milliseconds from the conversation's start, where the source tells.");
        t.Time("at", "at", "The moment itself, where the source gives one.");
        t.Float("confidence", "confidence", "The recogniser's confidence, from 0 to 1.");
        t.Json("words", "words", "The words with their times, where the source gives them: a list of `{ text, startMs, endMs, confidence }`.");
        t.Json("attributes", "attributes", "What else the source says of the message: one object.");
    });

    public static void DeclareIn(TableBuilder conversation, Words words) =>
        conversation.Connection("messages", Type, "1 = 1", "What was said, in its order. Empty where there is no transcript.")
            .From(Utterances)
            .Plain()
            .First(50, 1000)
            .Argument("role", words.SpeakerRole, "{t}.role = {value}", "Those of one role.")
            .Argument(
                "contains", Scalars.String, "position(qi.search_fold({value}) in qi.search_fold(json_build_array({t}.text) ->> 0)) > 0",
                "Those with this text in them. Case and accents do not matter.")
            .Requires(Scopes.TranscriptsRead);

    // A message is only ever reached through its conversation.
    private const string Nowhere = "(select where false)";
}
