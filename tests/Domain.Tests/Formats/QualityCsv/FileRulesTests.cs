using System.Text;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class FileRulesTests
{
    private static readonly string Header = string.Join(',', QualityRows.Voice.Keys);
    private static readonly string Good = string.Join(',', QualityRows.Voice.Values);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n  \t\r")]
    public async Task A_file_without_a_header_is_empty(string text)
    {
        var error = await QualityRows.Refused(text);

        Assert.Equal((1, "empty_file"), (error.Line, error.Code));
    }

    [Fact]
    public async Task A_file_of_a_header_alone_has_no_rows() => Assert.Empty(await QualityRows.Read(Header));

    [Fact]
    public async Task Missing_columns_are_all_named()
    {
        var error = await QualityRows.Refused("\n\nconversationId,agentEmail,channelType\n1,2,3\n");

        Assert.Equal((3, "missing_columns", null), (error.Line, error.Code, error.Field));
        foreach (var name in new[] { "queueId", "conversationStartTime", "conversationEndTime", "recordingType", "recordingUrl", "transcriptPath" })
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_missing_column_is_the_field_of_the_error()
    {
        var error = await QualityRows.Refused(QualityRows.File(QualityRows.Voice.Without("queueId")));

        Assert.Equal(("missing_columns", "queueId"), (error.Code, error.Field));
    }

    [Fact]
    public async Task A_file_whose_columns_are_parted_by_semicolons_is_told_so()
    {
        var error = await QualityRows.Refused(Header.Replace(',', ';'));

        Assert.Contains("semicolons", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queueId", "queueId")]
    [InlineData("queueId", "QUEUEID ")]
    [InlineData("asrProvider", "asProvider")]
    [InlineData("asprovider", "asrprovider")]
    [InlineData("transcriptUrl", "transcripturl")]
    [InlineData("My Column", "my column")]
    public async Task A_column_that_stands_twice_is_refused(string first, string second)
    {
        var error = await QualityRows.Refused($"{QualityRows.File(QualityRows.Voice.Without("queueId"))[..^2].Split("\r\n")[0]},queueId,{first},{second}".Replace(",queueId,queueId,", ",queueId,", StringComparison.Ordinal));

        Assert.Equal("duplicate_column", error.Code);
    }

    [Fact]
    public async Task The_three_names_of_the_transcript_may_stand_side_by_side()
    {
        var row = QualityRows.Voice.With(("transcriptUrl", ""), ("chatScriptUrl", "transcripts/voice-123.json"));

        Assert.Equal("transcripts/voice-123.json", (await QualityRows.Accepted(QualityRows.File(row))).Transcript);
    }

    [Fact]
    public async Task Headers_are_found_whatever_their_case_and_the_space_around_them()
    {
        var text = $"  {Header.ToUpperInvariant().Replace(",", " ,\t", StringComparison.Ordinal)} \n{Good}\n";

        Assert.Equal("support-tier1", (await QualityRows.Accepted(text)).QueueId);
    }

    [Fact]
    public async Task Unknown_columns_become_attributes_in_their_order_and_nameless_ones_get_a_name()
    {
        var conversation = await QualityRows.Accepted($"Zeta,{Header},Alpha,\r\nz,{Good},a,n\r\n");

        Assert.Equal([new("Zeta", "z"), new("Alpha", "a"), new("column_13", "n")], conversation.Attributes);
    }

    [Fact]
    public async Task A_byte_order_mark_is_tolerated_even_before_a_quote()
    {
        var text = $"\uFEFF\"conversationId\"{Header["conversationId".Length..]}\r\n{Good}\r\n";

        Assert.Equal("conv-123456", (await QualityRows.Accepted(text)).ExternalId);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Every_line_end_counts_as_one_line(string end)
    {
        var quoted = Good.Replace("support-tier1", $"\"support{end}{end}tier1\"", StringComparison.Ordinal);
        var items = await QualityRows.Read(string.Join(end, Header, "", Good, quoted, "   ", $"{Good},surplus", Good));

        Assert.Equal([3L, 4L, 8L, 9L], items.Select(item => item.Line));
        Assert.Equal($"support{end}{end}tier1", Assert.IsType<ValidRow>(items[1]).Conversation.QueueId);
        Assert.Equal("field_count", Assert.Single(Assert.IsType<RejectedRow>(items[2]).Errors).Code);
        Assert.IsType<ValidRow>(items[3]);
    }

    [Fact]
    public async Task Quoted_fields_hold_commas_doubled_quotes_and_line_ends()
    {
        var conversation = await QualityRows.Accepted($"{Header},note\n{Good},\"said \"\"hello, there\"\"\r\nand left\"\n");

        Assert.Equal("said \"hello, there\"\r\nand left", Assert.Single(conversation.Attributes).Value);
    }

    [Theory]
    [InlineData("too few", "conv-1,x", "The row has 2 fields and the header has 10.")]
    [InlineData("too many", ",,,,,,,,,,", "The row has 11 fields and the header has 10.")]
    public async Task A_row_with_another_number_of_fields_is_refused_and_the_rest_goes_on(string sentence, string row, string message)
    {
        var items = await QualityRows.Read($"{Header}\n{row}\n{Good}\n");

        var rejected = Assert.IsType<RejectedRow>(items[0]);
        Assert.Equal((2, null, message), (rejected.Line, rejected.Errors[0].Field, rejected.Errors[0].Message));
        Assert.Equal(3, Assert.IsType<ValidRow>(items[1]).Line);
        Assert.NotEmpty(sentence);
    }

    [Theory]
    [InlineData("support \"tier\" 1")]
    [InlineData("\"support\" tier1")]
    [InlineData(" \"support\"")]
    [InlineData("\"support\"\"tier\"1\"")]
    public async Task A_quote_out_of_place_is_refused_and_the_rest_goes_on(string queue)
    {
        var items = await QualityRows.Read($"{Header}\n{Good.Replace("support-tier1", queue, StringComparison.Ordinal)}\n{Good}\n");

        var error = Assert.Single(Assert.IsType<RejectedRow>(items[0]).Errors);
        Assert.Equal(("queueId", "malformed_quotes"), (error.Field, error.Code));
        Assert.Equal(3, Assert.IsType<ValidRow>(items[1]).Line);
    }

    [Fact]
    public async Task A_quote_left_open_ends_the_file_at_the_record_that_opens_it()
    {
        var items = await QualityRows.Read($"{Header}\n{Good}\nconv-2,\"oh no,\n{Good}\n{Good}\n");

        Assert.IsType<ValidRow>(items[0]);
        var error = Assert.IsType<FileError>(items[1]);
        Assert.Equal((3, "agentEmail", "quote_not_closed"), (error.Line, error.Field, error.Code));
        Assert.Equal(2, items.Count);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_cost_their_row_alone()
    {
        var bad = Encoding.Latin1.GetBytes($"{Header}\n{Good.Replace("support-tier1", "déjà", StringComparison.Ordinal)}\n{Good}\n");

        var items = await QualityRows.Read(bad);

        var rejected = Assert.IsType<RejectedRow>(items[0]);
        Assert.Equal((2, "queueId", "invalid_utf8"), (rejected.Line, Assert.Single(rejected.Errors).Field, rejected.Errors[0].Code));
        Assert.IsType<ValidRow>(items[1]);
    }

    [Fact]
    public async Task A_file_in_utf16_is_refused_at_its_header()
    {
        var items = await QualityRows.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{Header}\n{Good}\n")]);

        Assert.Equal("invalid_utf8", Assert.IsType<FileError>(Assert.Single(items)).Code);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\u0001')]
    [InlineData('\u000B')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u0085')]
    public async Task A_control_character_costs_its_row_alone(char control)
    {
        var items = await QualityRows.Read(QualityRows.File(
            QualityRows.Voice.With(("queueId", $"sup{control}port"), ("note", $"{control}x")), QualityRows.Voice));

        var rejected = Assert.IsType<RejectedRow>(items[0]);
        Assert.Equal([("queueId", "control_character"), ("note", "control_character")], rejected.Errors.Select(error => (error.Field, error.Code)));
        Assert.IsType<ValidRow>(items[1]);
    }

    [Fact]
    public async Task A_control_character_in_the_header_is_refused()
    {
        Assert.Equal("control_character", (await QualityRows.Refused($"{Header},no\u0002te\n{Good},x\n")).Code);
    }

    [Fact]
    public async Task A_field_of_the_limit_is_accepted_and_one_byte_more_refused()
    {
        var options = new QualityCsvOptions { Limits = new CsvLimits { FieldBytes = 300, RecordBytes = 4_000 } };
        var fits = new string('x', 300);

        var items = await QualityRows.Read(QualityRows.File(
            QualityRows.Voice.With(("note", fits), ("more", "y")), QualityRows.Voice.With(("note", fits + "x"), ("more", "y")), QualityRows.Voice), options);

        Assert.Equal(fits, Assert.IsType<ValidRow>(items[0]).Conversation.Attributes[0].Value);
        var error = Assert.Single(Assert.IsType<RejectedRow>(items[1]).Errors);
        Assert.Equal(("note", "field_too_large"), (error.Field, error.Code));
        Assert.Equal(4, Assert.IsType<ValidRow>(items[2]).Line);
    }

    [Fact]
    public async Task A_record_of_the_limit_is_accepted_and_one_byte_more_refused()
    {
        var record = $"{Good},{new string('x', 100)}";
        var options = new QualityCsvOptions { Limits = new CsvLimits { FieldBytes = 1_000, RecordBytes = record.Length } };

        var items = await QualityRows.Read($"{Header},note\n{record}\n{record}x\n{record}\n", options);

        Assert.IsType<ValidRow>(items[0]);
        Assert.Equal("record_too_large", Assert.Single(Assert.IsType<RejectedRow>(items[1]).Errors).Code);
        Assert.IsType<ValidRow>(items[2]);
    }

    [Fact]
    public async Task A_header_with_too_many_columns_is_refused()
    {
        var options = new QualityCsvOptions { Limits = new CsvLimits { Columns = 9 } };

        Assert.Equal("too_many_columns", (await QualityRows.Refused($"{Header}\n{Good}\n", options)).Code);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in QualityCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(Header)), new QualityCsvOptions(), cancellation.Token)) { }
        });
    }
}
