using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http;
using Csv = QualityIngest.Api.Http.Csv;

namespace QualityIngest.Api.Tests.Http;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\",\"x\")")]
    [InlineData("+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task A_text_that_a_spreadsheet_would_compute_is_led_by_an_apostrophe(string hostile) =>
        Assert.Equal([["text"], ["'" + hostile]], await Written([hostile]));

    [Theory]
    [InlineData("plain")]
    [InlineData("a=b")]
    [InlineData("'quoted'")]
    [InlineData("a \"word\", two\r\nlines")]
    [InlineData("Grüße 你好 🙂")]
    [InlineData(" =1")]
    public async Task Every_other_text_comes_back_as_it_was(string text) => Assert.Equal([["text"], [text]], await Written([text]));

    [Fact]
    public async Task Numbers_times_and_nothing_keep_their_form()
    {
        var at = new DateTimeOffset(2026, 5, 4, 14, 30, 0, TimeSpan.FromHours(2));
        Assert.Equal([["text"], ["-5"], ["-26.5"], ["10.10"], ["true"], [""], ["2026-05-04T12:30:00.0000000Z"]], await Written([-5L], [-26.5], [10.10m], [true], [null], [at]));
    }

    [Fact]
    public async Task It_is_a_file_of_UTF_8_with_a_header_that_no_cache_keeps()
    {
        var (headers, bytes) = await Answer(["x"]);
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=\"file.csv\"", "no-store"), ((string?)headers.ContentType, (string?)headers.ContentDisposition, (string?)headers.CacheControl));
        Assert.Equal("text\r\nx\r\n", Encoding.UTF8.GetString(bytes));
    }

    private static async Task<string[][]> Written(params object?[][] rows)
    {
        using var reader = new CsvParser(new StreamReader(new MemoryStream((await Answer(rows)).Bytes)), new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false });
        var read = new List<string[]>();
        while (await reader.ReadAsync())
            read.Add(reader.Record!);
        return [.. read];
    }

    private static async Task<(IHeaderDictionary Headers, byte[] Bytes)> Answer(params object?[][] rows)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await new Csv(["text"], Rows(rows), "file.csv").ExecuteAsync(context);
        return (context.Response.Headers, body.ToArray());
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Rows(object?[][] rows)
    {
        await Task.CompletedTask;
        foreach (var row in rows)
            yield return row;
    }
}
