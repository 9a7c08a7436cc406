namespace QualityIngest.Samples;

/// <summary>What is in a recorded call, known from how its sound was made.</summary>
/// <param name="ConversationId">What its row calls it.</param>
/// <param name="DurationMs">How long the recording is; of two, the longer.</param>
/// <param name="AgentTalkMs">Time in which the agent speaks, pauses within the talk included.</param>
/// <param name="CustomerTalkMs">The same of the customer.</param>
/// <param name="IsStereo">One recording with a channel a party; else two recordings.</param>
public sealed record SampleRecording(string ConversationId, long DurationMs, long AgentTalkMs, long CustomerTalkMs, bool IsStereo);
