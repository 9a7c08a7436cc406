using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>The numbers of a conversation: fields, filters and figures of statistics. Each is defined in docs/measurements.md.</summary>
internal static class MetricColumns
{
    public static void Declare(RowBuilder m)
    {
        m.Long("durationMs", "duration_ms", "End minus start, in milliseconds.").Filter().Order("startedAt").Metric();
        m.Int("utterances", "utterances", "Utterances of every role.").Filter().Metric();
        m.Int("turns", "turns", "Runs of consecutive utterances of one role, system notices aside.").Filter().Metric();
        m.Int("agentMessages", "agent_messages", "Utterances of the agent.").Filter().Metric();
        m.Int("customerMessages", "customer_messages", "Utterances of the customer.").Filter().Metric();
        m.Int("botMessages", "bot_messages", "Utterances of a bot.").Filter().Metric();
        m.Int("systemMessages", "system_messages", "Notices of the system.").Filter().Metric();
        m.Int("agentWords", "agent_words", "Words of the agent.").Filter().Metric();
        m.Int("customerWords", "customer_words", "Words of the customer.").Filter().Metric();
        m.Int("botWords", "bot_words", "Words of a bot.").Filter().Metric();
        m.Long("agentTalkMs", "agent_talk_ms", "Time in which the agent speaks, in milliseconds.").Filter().Metric();
        m.Long("customerTalkMs", "customer_talk_ms", "Time in which the customer speaks, in milliseconds.").Filter().Metric();
        m.Long("silenceMs", "silence_ms", "Time in which nobody speaks, in milliseconds.").Filter().Metric();
        m.Long("longestSilenceMs", "longest_silence_ms", "The longest stretch in which nobody speaks, in milliseconds.").Filter().Metric();
        m.Long("overtalkMs", "overtalk_ms", "Time in which both speak, in milliseconds.").Filter().Metric();
        m.Int("interruptions", "interruptions", "How often one party starts while the other still speaks.").Filter().Metric();
        m.Long("firstResponseMs", "first_response_ms", "From the customer's first message to the agent's first answer, in milliseconds (chat).").Filter().Metric();
        m.Long("meanResponseMs", "mean_response_ms", "Mean over the agent's answering turns of the wait before them, in milliseconds (chat).").Filter().Metric();
        m.Float("agentWordsPerMinute", "agent_words_per_minute", "The agent's words a minute of the agent's talk time.").Filter().Metric();
        m.Float("customerWordsPerMinute", "customer_words_per_minute", "The customer's words a minute of the customer's talk time.").Filter().Metric();
        m.Float("agentTalkShare", "agent_talk_share", "The agent's part of both parties' talk time, from 0 to 1.").Filter().Metric();
        m.Float("customerTalkShare", "customer_talk_share", "The customer's part of both parties' talk time, from 0 to 1.").Filter().Metric();
        Sound(m);
    }

    private static void Sound(RowBuilder m)
    {
        m.Long("recordingMs", "recording_ms", "The recording's length in milliseconds; of two recordings, the longer one's.").Filter().Metric();
        m.Float("agentRmsDbfs", "agent_rms_dbfs", "The level of the agent's channel as its root mean square, in dBFS.").Filter().Metric();
        m.Float("customerRmsDbfs", "customer_rms_dbfs", "The level of the customer's channel as its root mean square, in dBFS.").Filter().Metric();
        m.Float("agentPeakDbfs", "agent_peak_dbfs", "The largest sample of the agent's channel, in dBFS.").Filter().Metric();
        m.Float("customerPeakDbfs", "customer_peak_dbfs", "The largest sample of the customer's channel, in dBFS.").Filter().Metric();
        m.Long("agentClippedSamples", "agent_clipped_samples", "Samples of the agent's channel in runs at full scale.").Filter().Metric();
        m.Long("customerClippedSamples", "customer_clipped_samples", "Samples of the customer's channel in runs at full scale.").Filter().Metric();
        m.Float("agentNoiseFloorDbfs", "agent_noise_floor_dbfs", "The level of the agent's channel between the talk, in dBFS.").Filter().Metric();
        m.Float("customerNoiseFloorDbfs", "customer_noise_floor_dbfs", "The level of the customer's channel between the talk, in dBFS.").Filter().Metric();
    }
}
