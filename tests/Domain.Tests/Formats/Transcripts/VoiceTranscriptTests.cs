using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats.Transcripts;

public sealed class VoiceTranscriptTests
{
    private const string Least = """ "channel":0,"offsetInTicks":10000,"nBest":[{"lexical":"hello"}] """;

    [Fact]
    public void The_guides_example_is_read()
    {
        var transcript = Documents.Voiced(Documents.Voice);

        var utterance = Assert.Single(transcript.Utterances);
        Assert.Equal((0, SpeakerRole.Agent, null), (utterance.Index, utterance.Role, utterance.ParticipantId));
        Assert.Equal((14_000, 16_400, null), (utterance.StartMs, utterance.EndMs, utterance.At));
        Assert.Equal(("Sure, my number is 12.", 0.8205426), (utterance.Text, utterance.Confidence));
        Assert.Equal([new("sure", 14_000, 14_320, 0.51653963), new("my", 14_320, 14_520, 0.65166444)], utterance.Words);
        Assert.Equal([new Participant(null, SpeakerRole.Agent)], transcript.Participants);
        Assert.Empty(transcript.Warnings);
    }

    [Fact]
    public void The_guides_required_fields_suffice()
    {
        var utterance = Assert.Single(Documents.Voiced(Documents.LeastVoice).Utterances);

        Assert.Equal(("sure my number is twelve", null), (utterance.Text, utterance.Confidence));
        Assert.Equal((14_000, 14_320), (utterance.StartMs, utterance.EndMs));
    }

    [Theory]
    [InlineData("ticks are whole numbers", """ "channel":0,"offsetInTicks":140000000,"nBest":[{"lexical":"a"}] """, 14_000)]
    [InlineData("ticks are written with an exponent", """ "channel":0,"offsetInTicks":1.4e8,"nBest":[{"lexical":"a"}] """, 14_000)]
    [InlineData("ticks have a fraction", """ "channel":0,"offsetInTicks":143214999.6,"nBest":[{"lexical":"a"}] """, 14_322)]
    [InlineData("the channel is a float", """ "channel":0.0,"offsetInTicks":0,"nBest":[{"lexical":"a"}] """, 0)]
    [InlineData("words are absent", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":null}] """, 0)]
    [InlineData("words are empty", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":[]}] """, 0)]
    [InlineData("unknown members are deep", """ "x":{"y":[{"z":[1,2,{}]}]},"channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","more":[[]]}] """, 0)]
    [InlineData("the status is null", """ "recognitionStatus":null,"channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a"}] """, 0)]
    [InlineData("the display is blank", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","display":" "}] """, 0)]
    public void A_phrase_is_read_when(string sentence, string members, long startMs)
    {
        var utterance = Assert.Single(Documents.Voiced(Documents.Phrase(members)).Utterances);

        Assert.Equal((startMs, null, "a"), (utterance.StartMs, utterance.Words, utterance.Text));
        Assert.NotEmpty(sentence);
    }

    [Theory]
    [InlineData("the channel is absent", """ "offsetInTicks":0,"nBest":[{"lexical":"a"}] """, "missing_member", "$.recognizedPhrases[0].channel")]
    [InlineData("the channel is a text", """ "channel":"0","offsetInTicks":0,"nBest":[{"lexical":"a"}] """, "wrong_type", "$.recognizedPhrases[0].channel")]
    [InlineData("the channel is negative", """ "channel":-1,"offsetInTicks":0,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].channel")]
    [InlineData("the offset is absent", """ "channel":0,"nBest":[{"lexical":"a"}] """, "missing_member", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset is null", """ "channel":0,"offsetInTicks":null,"nBest":[{"lexical":"a"}] """, "missing_member", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset is a text", """ "channel":0,"offsetInTicks":"PT14S","nBest":[{"lexical":"a"}] """, "wrong_type", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset is negative", """ "channel":0,"offsetInTicks":-1,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset overflows", """ "channel":0,"offsetInTicks":9223372036854775807,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset is beyond whole numbers", """ "channel":0,"offsetInTicks":99999999999999999999,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the offset is beyond floats", """ "channel":0,"offsetInTicks":1e999,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].offsetInTicks")]
    [InlineData("the duration overflows", """ "channel":0,"offsetInTicks":0,"durationInTicks":1e300,"nBest":[{"lexical":"a"}] """, "out_of_range", "$.recognizedPhrases[0].durationInTicks")]
    [InlineData("the hypotheses are absent", """ "channel":0,"offsetInTicks":0 """, "missing_member", "$.recognizedPhrases[0].nBest")]
    [InlineData("the hypotheses are empty", """ "channel":0,"offsetInTicks":0,"nBest":[] """, "missing_member", "$.recognizedPhrases[0].nBest")]
    [InlineData("the hypotheses are an object", """ "channel":0,"offsetInTicks":0,"nBest":{"lexical":"a"} """, "wrong_type", "$.recognizedPhrases[0].nBest")]
    [InlineData("a hypothesis is a text", """ "channel":0,"offsetInTicks":0,"nBest":["a"] """, "wrong_type", "$.recognizedPhrases[0].nBest[0]")]
    [InlineData("the text is absent", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a"},{"confidence":1}] """, "missing_member", "$.recognizedPhrases[0].nBest[1].lexical")]
    [InlineData("the text is a number", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":1}] """, "wrong_type", "$.recognizedPhrases[0].nBest[0].lexical")]
    [InlineData("the text holds NUL", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a\u0000b"}] """, "control_character", "$.recognizedPhrases[0].nBest[0].lexical")]
    [InlineData("the text holds half a character", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a\ud83db"}] """, "escape_invalid", "$.recognizedPhrases[0].nBest[0].lexical")]
    [InlineData("a word has no text", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":[{"offsetInTicks":0,"durationInTicks":0}]}] """, "missing_member", "$.recognizedPhrases[0].nBest[0].words[0].word")]
    [InlineData("a word has no offset", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":[{"word":"a","durationInTicks":0}]}] """, "missing_member", "$.recognizedPhrases[0].nBest[0].words[0].offsetInTicks")]
    [InlineData("a word has no duration", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":[{"word":"a","offsetInTicks":0},{}]}] """, "missing_member", "$.recognizedPhrases[0].nBest[0].words[0].durationInTicks")]
    [InlineData("a word's time overflows", """ "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","words":[{"word":"a","offsetInTicks":1e18,"durationInTicks":0}]}] """, "out_of_range", "$.recognizedPhrases[0].nBest[0].words[0].offsetInTicks")]
    [InlineData("a phrase is a text", "", "missing_member", "$.recognizedPhrases[0].channel")]
    public void A_phrase_is_refused_when(string sentence, string members, string code, string path)
    {
        var error = Assert.IsType<TranscriptError>(Documents.ReadVoice(Documents.Phrase(members)));

        Assert.Equal((code, path), (error.Code, error.Path));
        Assert.NotEmpty(error.Message);
        Assert.InRange(error.Position, 20, Documents.Phrase(members).Length);
        Assert.NotEmpty(sentence);
    }

    [Theory]
    [InlineData("the root is an array", "[]", "wrong_type", "$")]
    [InlineData("the root is null", "null", "wrong_type", "$")]
    [InlineData("there are no phrases", """{"source":"x"}""", "missing_member", "$.recognizedPhrases")]
    [InlineData("the phrases are null", """{"recognizedPhrases":null}""", "missing_member", "$.recognizedPhrases")]
    [InlineData("the phrases are a text", """{"recognizedPhrases":"x"}""", "wrong_type", "$.recognizedPhrases")]
    [InlineData("the phrases stand twice", """{"recognizedPhrases":[],"recognizedPhrases":[]}""", "duplicate_member", "$.recognizedPhrases")]
    [InlineData("a phrase is null", """{"recognizedPhrases":[null]}""", "wrong_type", "$.recognizedPhrases[0]")]
    public void A_transcript_is_refused_when(string sentence, string json, string code, string path)
    {
        var error = Assert.IsType<TranscriptError>(Documents.ReadVoice(json));

        Assert.Equal((code, path), (error.Code, error.Path));
        Assert.NotEmpty(sentence);
    }

    [Theory]
    [InlineData("NoMatch")]
    [InlineData("InitialSilenceTimeout")]
    [InlineData("Failure")]
    public void What_the_recogniser_gave_up_on_is_skipped_and_counted_however_incomplete(string status)
    {
        var transcript = Documents.Voiced($$"""{"recognizedPhrases":[{"channel":"?","nBest":null,"recognitionStatus":"{{status}}"},{{{Least}}},{"recognitionStatus":"{{status}}"}]}""");

        Assert.Equal("hello", Assert.Single(transcript.Utterances).Text);
        Assert.Equal(2, transcript.SkippedPhrases);
        Assert.Equal(["phrases_skipped"], transcript.Warnings);
    }

    [Fact]
    public void A_phrase_without_text_is_skipped_and_counted()
    {
        var transcript = Documents.Voiced(Documents.Phrase(""" "recognitionStatus":"Success","channel":0,"offsetInTicks":0,"nBest":[{"lexical":"","display":""}] """));

        Assert.Equal((0, 1), (transcript.Utterances.Count, transcript.SkippedPhrases));
        Assert.Equal(["phrases_skipped", "no_utterances"], transcript.Warnings);
    }

    [Fact]
    public void A_call_in_which_nothing_was_said_is_a_transcript()
    {
        var transcript = Documents.Voiced("""{"recognizedPhrases":[]}""");

        Assert.Empty(transcript.Utterances);
        Assert.Empty(transcript.Participants);
        Assert.Equal(["no_utterances"], transcript.Warnings);
    }

    [Theory]
    [InlineData("the highest confidence", """[{"lexical":"a","confidence":0.2},{"lexical":"b","confidence":0.9},{"lexical":"c","confidence":0.4}]""", "b")]
    [InlineData("the first of equals", """[{"lexical":"a","confidence":0.5},{"lexical":"b","confidence":0.5}]""", "a")]
    [InlineData("the first, when none has a confidence", """[{"lexical":"a"},{"lexical":"b"}]""", "a")]
    [InlineData("one with a confidence before one without", """[{"lexical":"a"},{"lexical":"b","confidence":0.1}]""", "b")]
    [InlineData("its display rather than its words", """[{"lexical":"a","display":"A."}]""", "A.")]
    public void The_best_hypothesis_is(string sentence, string hypotheses, string text)
    {
        Assert.Equal(text, Assert.Single(Documents.Voiced(Documents.Phrase($""" "channel":0,"offsetInTicks":0,"nBest":{hypotheses} """)).Utterances).Text);
        Assert.NotEmpty(sentence);
    }

    [Fact]
    public void Channels_say_who_speaks_and_others_are_unknown()
    {
        var transcript = Documents.Voiced(
            """
            {"recognizedPhrases":[
              {"channel":1,"offsetInTicks":10000000,"nBest":[{"lexical":"agent"}]},
              {"channel":0,"offsetInTicks":20000000,"nBest":[{"lexical":"customer"}]},
              {"channel":2,"offsetInTicks":30000000,"nBest":[{"lexical":"third"}]}]}
            """,
            Documents.Context with { AgentChannel = 1, CustomerChannel = 0 });

        Assert.Equal(
            [(SpeakerRole.Agent, null, "agent"), (SpeakerRole.Customer, null, "customer"), (SpeakerRole.Unknown, "2", "third")],
            transcript.Utterances.Select(utterance => (utterance.Role, utterance.ParticipantId, utterance.Text)));
        Assert.Equal(3, transcript.Participants.Count);
    }

    [Fact]
    public void Speakers_told_apart_by_voice_on_one_channel_are_unknown()
    {
        var transcript = Documents.Voiced(
            """
            {"recognizedPhrases":[
              {"speaker":1,"channel":0,"offsetInTicks":0,"nBest":[{"lexical":"one"}]},
              {"speaker":2,"channel":0,"offsetInTicks":10000000,"nBest":[{"lexical":"two"}]}]}
            """);

        Assert.Equal([(SpeakerRole.Unknown, "1"), (SpeakerRole.Unknown, "2")], transcript.Utterances.Select(utterance => (utterance.Role, utterance.ParticipantId)));
    }

    [Fact]
    public void Speaker_numbers_beside_two_channels_do_not_count()
    {
        var transcript = Documents.Voiced(
            """
            {"recognizedPhrases":[
              {"speaker":1,"channel":0,"offsetInTicks":0,"nBest":[{"lexical":"one"}]},
              {"speaker":1,"channel":1,"offsetInTicks":10000000,"nBest":[{"lexical":"two"}]}]}
            """);

        Assert.Equal([SpeakerRole.Agent, SpeakerRole.Customer], transcript.Utterances.Select(utterance => utterance.Role));
    }

    [Fact]
    public void Utterances_are_ordered_by_time_and_then_as_written()
    {
        var transcript = Documents.Voiced(
            """
            {"recognizedPhrases":[
              {"channel":1,"offsetInTicks":20000000,"nBest":[{"lexical":"c"}]},
              {"channel":0,"offsetInTicks":10000000,"nBest":[{"lexical":"a"}]},
              {"channel":1,"offsetInTicks":10000000,"nBest":[{"lexical":"b"}]}]}
            """);

        Assert.Equal([(0, "a"), (1, "b"), (2, "c")], transcript.Utterances.Select(utterance => (utterance.Index, utterance.Text)));
    }

    [Fact]
    public void What_lies_behind_the_end_is_kept_with_a_warning()
    {
        var transcript = Documents.Voiced(Documents.Phrase(""" "channel":0,"offsetInTicks":6020000000,"nBest":[{"lexical":"late"}] """));

        Assert.Equal(602_000, Assert.Single(transcript.Utterances).StartMs);
        Assert.Equal(["outside_conversation"], transcript.Warnings);
    }

    [Theory]
    [InlineData("82")]
    [InlineData("-0.1")]
    [InlineData("1e999")]
    public void A_confidence_that_is_none_is_left_out_with_a_warning(string confidence)
    {
        var transcript = Documents.Voiced(Documents.Phrase($$""" "channel":0,"offsetInTicks":0,"nBest":[{"lexical":"a","confidence":{{confidence}}}] """));

        Assert.Null(Assert.Single(transcript.Utterances).Confidence);
        Assert.Equal(["confidence_ignored"], transcript.Warnings);
    }
}
