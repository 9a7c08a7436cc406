namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>Conversations as a source writes them, one line each.</summary>
public static class Chat
{
    /// <summary>The agent of every conversation that names no other.</summary>
    public const string Agent = "agent-7";

    /// <summary>One conversation of four messages, of which the customer waits 20 s for the first answer.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="agent">Its agent's id.</param>
    /// <param name="text">Its first message.</param>
    /// <param name="more">More members, with a comma in front.</param>
    public static string Of(string id, string agent = Agent, string text = "Good morning, this is about my order.", string more = "") =>
        $$"""{"conversation_id":"{{id}}","agent_id":"{{agent}}","timestamp":"2025-06-10T13:30:00Z","messages":[{{Message(id, "customer", 0, text)}},"""
        + $$"""{{Message(id, "agent", 20, "Good morning! I am looking it up.")}},{{Message(id, "customer", 50, "Thank you.")}},"""
        + $$"""{{Message(id, "agent", 60, "It left our house today.", ",\"logs\":[{\"action\":\"lookup\",\"ms\":245.50}]")}}]{{more}}}""";

    /// <summary>Lines, each one conversation.</summary>
    public static string Lines(params IEnumerable<string> conversations) => string.Join('\n', conversations) + "\n";

    /// <summary>One array of conversations.</summary>
    public static string Array(params IEnumerable<string> conversations) => $"[{string.Join(",\n", conversations)}]";

    private static string Message(string conversation, string role, int second, string text, string more = "") =>
        $$"""{"message_id":"m-{{second}}","conversation_id":"{{conversation}}","role":"{{role}}","sender_id":"{{role}}-1","content":"{{text}}","timestamp":"2025-06-10T13:{{30 + second / 60}}:{{second % 60:00}}Z"{{more}}}""";
}
