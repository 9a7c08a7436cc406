using System.Globalization;
using QualityIngest.Samples.Rows;

namespace QualityIngest.Samples;

/// <summary>Lays out the two rounds of a bucket: which file holds which rows, and which mishap meets which of them.</summary>
internal sealed class Layout(Random random, SampleSize size, DateOnly firstDay)
{
    private readonly List<SampleObject> documents = [];
    private int number;
    private int wholeCalls = size.WholeCalls;

    /// <summary>The whole bucket.</summary>
    public SampleBucket Build()
    {
        var calls = Enumerable.Range(0, size.Days).Select(day => Sheet(day, isChat: false, size.RowsPerFile)).ToArray();
        var chats = Enumerable.Range(0, size.Days).Select(day => Sheet(day, isChat: true, size.RowsPerFile)).ToArray();
        calls[0] = With(calls[0],
            Mishaps.LocalDate(Row(0, isChat: false)), Mishaps.NoZone(Row(0, isChat: false)), Mishaps.Again(calls[0].Rows[1]));
        calls[1] = With(calls[1], Mishaps.Again(calls[0].Rows[2]), Mishaps.LongId(Row(1, isChat: false)));
        chats[0] = With(chats[0],
            Mishaps.RecordedChat(Row(0, isChat: true)), Mishaps.Backwards(Row(0, isChat: true)), Mishaps.Again(chats[0].Rows[2]));
        chats[0] = chats[0] with { FromSpreadsheet = true };

        var recorded = new RecordedLayout(Recorded);
        documents.AddRange(recorded.Objects);
        CsvSheet[] before = [.. recorded.Days.Select((rows, day) => new CsvSheet(Key(day, "recorded.csv"), IsChat: false, rows)), .. calls, .. chats];
        var (changed, added) = Changed(chats[^1]);
        var late = Sheet(size.Days, isChat: false, size.RowsPerFile / 2, round: 2);
        late = late with { Rows = [.. late.Rows, recorded.Late] };
        CsvSheet[] after = [.. before[..^1], changed, late];

        SampleRow[] first = [.. before.SelectMany(sheet => sheet.Rows)];
        var test = new CsvSheet(SampleBucket.Prefix + "test.csv", IsChat: false, [.. calls[0].Rows.Take(2)]);
        return new SampleBucket
        {
            Objects =
            [
                .. documents.Where(document => document.Round == 1),
                .. before.Append(test).Select(sheet => new SampleObject(sheet.Key, sheet.ToBytes(), 1)),
                .. documents.Where(document => document.Round == 2),
                .. new[] { changed, late }.Select(sheet => new SampleObject(sheet.Key, sheet.ToBytes(), 2)),
            ],
            Recordings = recorded.Truths,
            AfterRoundOne = Count(before, first),
            AfterRoundTwo = Count(after, [.. first, .. added, .. late.Rows]),
        };
    }

    private CsvSheet Sheet(int day, bool isChat, int rows, int round = 1)
    {
        var contacts = Enumerable.Range(0, rows).Select(index => Befall(day, isChat, index, MakeUp(day, isChat, round))).ToList();
        documents.AddRange(contacts.Select(contact => contact.Document).Where(document => document.Bytes.Length > 0));
        return new(Key(day, isChat ? "chat.csv" : "voice.csv"), isChat, [.. contacts.Select(contact => contact.Row)]);
    }

    private static Contact Befall(int day, bool isChat, int index, Contact contact) => (index, day, isChat) switch
    {
        var (at, _, _) when at % 20 == 3 => Mishaps.UnmappedQueue(contact),
        (5, 0, true) => Mishaps.UnknownAgent(contact),
        (5, 1, false) => Mishaps.UnknownAgent(contact),
        (6, 0, false) => Mishaps.NeverUploaded(contact),
        (6, 1, true) => Mishaps.CutShort(contact),
        (7, 0, true) => Mishaps.StrangeParty(contact),
        _ => contact,
    };

    /// <summary>The last chats once more: two corrected, three added, the rest as they were.</summary>
    private (CsvSheet Sheet, IReadOnlyList<SampleRow> Added) Changed(CsvSheet sheet)
    {
        var added = Enumerable.Range(0, 3).Select(_ => MakeUp(size.Days - 1, isChat: true, round: 2)).ToList();
        documents.AddRange(added.Select(contact => contact.Document));
        var kept = sheet.Rows.Select((row, index) => index is 8 or 9 ? Mishaps.Corrected(row) : Mishaps.Again(row));
        SampleRow[] rows = [.. added.Select(contact => contact.Row)];
        return (sheet with { Rows = [.. kept, .. rows] }, rows);
    }

    private Contact MakeUp(int day, bool isChat, int round)
        => Contact.MakeUp(random, SampleBucket.Prefix, Folder(day), firstDay.AddDays(day), ++number, isChat, round);

    /// <summary>A recorded call: a whole one as long as some are left, else its first turns.</summary>
    private RecordedCall Recorded(int day)
    {
        var turns = wholeCalls-- > 0 ? int.MaxValue : random.Next(3, 6);
        var contact = Contact.MakeUp(random, SampleBucket.Prefix, Folder(day), firstDay.AddDays(day), ++number, isChat: false, turns: turns);
        return new(contact, SampleBucket.Prefix, Folder(day), random.Next());
    }

    /// <summary>A row of which no document is wanted.</summary>
    private SampleRow Row(int day, bool isChat) => MakeUp(day, isChat, round: 1).Row;

    /// <summary>Adds rows anywhere behind the first ten, whose places mean something.</summary>
    private CsvSheet With(CsvSheet sheet, params SampleRow[] more)
    {
        var rows = sheet.Rows.ToList();
        foreach (var row in more)
            rows.Insert(random.Next(10, rows.Count + 1), row);
        return sheet with { Rows = rows };
    }

    private string Key(int day, string name) => SampleBucket.Prefix + Folder(day) + name;

    private string Folder(int day) => firstDay.AddDays(day).ToString("yyyy-MM-dd'/'", CultureInfo.InvariantCulture);

    /// <param name="sheets">The files as they lie in the bucket.</param>
    /// <param name="arrived">Every row that made a conversation, and others.</param>
    private static Expected Count(CsvSheet[] sheets, SampleRow[] arrived)
    {
        var lying = sheets.SelectMany(sheet => sheet.Rows).ToList();
        return new Expected
        {
            Files = sheets.Length,
            PartialFiles = sheets.Count(sheet => sheet.Rows.Any(row => row.Outcome == Outcome.Rejected)),
            SkippedFiles = 1,
            Accepted = lying.Count(row => row.Outcome is Outcome.Completed or Outcome.Failed or Outcome.Revised or Outcome.OtherHalf),
            Held = lying.Count(row => row.Outcome is Outcome.HeldForQueue or Outcome.HeldForAgent or Outcome.Half),
            Duplicate = lying.Count(row => row.Outcome == Outcome.Duplicate),
            RejectedByCode = lying.Where(row => row.Outcome == Outcome.Rejected).CountBy(row => row.RejectionCode).ToDictionary(),
            Completed = arrived.Count(row => row.Outcome is Outcome.Completed or Outcome.OtherHalf),
            Failed = arrived.Count(row => row.Outcome == Outcome.Failed),
            HeldForQueue = arrived.Count(row => row.Outcome == Outcome.HeldForQueue),
            HeldForAgent = arrived.Count(row => row.Outcome == Outcome.HeldForAgent),
            HeldForCounterpart = arrived.Count(row => row.Outcome == Outcome.Half) - arrived.Count(row => row.Outcome == Outcome.OtherHalf),
        };
    }
}
