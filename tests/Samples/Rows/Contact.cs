using System.Globalization;
using QualityIngest.Samples.Dialogue;
using QualityIngest.Samples.Transcripts;

namespace QualityIngest.Samples.Rows;

/// <summary>One conversation: its row, and the document that the row refers to.</summary>
internal sealed record Contact(SampleRow Row, SampleObject Document)
{
    /// <summary>Who spoke when; empty in chats.</summary>
    public IReadOnlyList<Phrase> Phrases { get; init; } = [];

    /// <summary>Makes one up that is without fault.</summary>
    /// <param name="random">Chooses everything else.</param>
    /// <param name="prefix">The connector's path.</param>
    /// <param name="folder">The day's folder under it, with its slash.</param>
    /// <param name="day">The day.</param>
    /// <param name="number">Makes its id one of a kind.</param>
    /// <param name="isChat">A chat, or a call.</param>
    /// <param name="round">When it is uploaded.</param>
    /// <param name="turns">How many turns are told before it breaks off.</param>
    public static Contact MakeUp(
        Random random, string prefix, string folder, DateOnly day, int number, bool isChat, int round = 1, int turns = int.MaxValue)
    {
        var language = random.Next(100) switch { < 72 => "en", < 86 => "de", < 94 => "es", _ => "fr" };
        var topic = random.Of(Topic.In(language));
        var agent = random.Of([.. Company.Agents.Where(agent => agent.Language == language)]);
        var start = new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero).AddMilliseconds(random.Next(36_000_000));
        IReadOnlyList<Line> lines = [.. Script.Write(random, topic, agent, isChat).Take(turns)];
        var agentChannel = random.Percent(80) ? 0 : 1;
        IReadOnlyList<Phrase> phrases = [];
        (byte[] Json, TimeSpan Length) document;
        if (isChat)
            document = ChatDocument.Write(random, lines, agent, start);
        else
            (document.Json, document.Length, phrases) = VoiceDocument.Write(random, lines, agentChannel);

        var id = string.Create(CultureInfo.InvariantCulture, $"{(isChat ? "chat" : "call")}-{day:yyyyMMdd}-{number:0000}");
        var path = $"{folder}{(isChat ? "chats" : "transcripts")}/{id}.json";
        // Rows name their document by a key within the connector's path or within the bucket.
        var locator = random.Percent(70) ? path : prefix + path;
        // Where the agent is on the first channel, as everybody expects, some systems do not say so.
        var silent = agentChannel == 0 && random.Percent(20);
        var row = new SampleRow
        {
            ConversationId = id,
            QueueId = Company.QueueFor(topic.Reason).ExternalId,
            AgentEmail = random.Percent(15) ? agent.Email.ToUpperInvariant() : agent.Email,
            Start = start,
            End = start + document.Length,
            Offset = random.Percent(25) ? 120 : 0,
            ChannelType = isChat ? "chat" : "voice",
            ChatScript = isChat ? locator : "",
            Transcript = isChat ? "" : locator,
            AgentChannel = isChat || silent ? "" : agentChannel.ToString(CultureInfo.InvariantCulture),
            CustomerChannel = isChat || silent ? "" : (1 - agentChannel).ToString(CultureInfo.InvariantCulture),
            Language = language switch { "en" => random.Of(["en-US", "en-GB", ""]), "de" => "de-DE", "es" => "es-ES", _ => "fr-FR" },
            AsrProvider = isChat ? "" : "microsoft",
            CallReason = topic.Reason,
        };
        return new(row, new(prefix + path, document.Json, round)) { Phrases = phrases };
    }
}
