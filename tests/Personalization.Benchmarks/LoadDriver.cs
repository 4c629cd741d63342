using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Personalization.EndToEnd;
using Personalization.Styles;

namespace Personalization.Benchmarks;

/// <summary>
/// The whole program, in a process of its own, under load from people in a playground in this one: both share the machine,
/// and the figures hold for both together. Writes a Markdown table.
/// </summary>
internal static class LoadDriver
{
    private const int People = 16;
    private const int ImaginesASecond = 50;
    private const int Rounds = 4;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VoteFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InsertFor = TimeSpan.FromSeconds(3);
    private const int VotesBefore = 200;
    private const int MeasuredVotes = 500;

    private static IReadOnlyList<(ulong Id, string Name)> EveryPerson => [.. Enumerable.Range(0, People).Select(i => (1100000000000000101 + (ulong)i, $"Person {i}"))];

    // From a press to the next pair; longer, and ranking feels slow.
    private static readonly TimeSpan NextPairWithin = TimeSpan.FromMilliseconds(200);

    // Discord drops an interaction that was not answered within this.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(TextWriter output)
    {
        using var data = new DataFolder();
        await using var playground = await PlaygroundHost.StartAsync(options => options.People = EveryPerson);
        await PaintPoolAsync(playground, data);
        using var dataForVotes = data.Copy();

        // As it is shipped, but without previews, whose painting is measured as /imagine, and with a longer line than people are given.
        (string, string)[] settings = [("Ranking:PreviewAt", ""), ("Jobs:PerPerson", "1000"), ("Jobs:Waiting", "10000"), ("Compute:Nice", "19"), ("Vision:Encoder", "true")];
        var started = Stopwatch.GetTimestamp();
        await using var bot = BotProcess.Start(data.Path, [.. playground.Settings, .. settings]);
        await bot.SeesAsync(" commands");
        var startup = Stopwatch.GetElapsedTime(started);
        await bot.SeesAsync(BotProcess.Prepared);
        var memoryAtStart = ResidentMebibytes(bot);
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(playground.JoinAsync));
        var (acknowledgements, echoes) = await AlternateAsync(people);
        var besideOthers = await BesideBusyProgramsAsync(people);
        var memoryAfter = ResidentMebibytes(bot);
        bot.Kill();
        await bot.ExitedAsync();

        // Another program on the same pictures: none of the waiting jobs is painted beside the votes.
        await using var ranking = await BotProcess.ConnectAsync(playground, dataForVotes.Path, settings);
        var nextPairs = await NextPairsAsync(people[0]);
        var inserts = InsertsASecond(dataForVotes);
        var (alone, votesAlone) = await VotesASecondAsync(people[..1]);
        var (together, votesTogether) = await VotesASecondAsync(people);
        ranking.Kill();
        await ranking.ExitedAsync();
        var votesStored = StoredVotes(dataForVotes);
        foreach (var person in people)
        {
            await person.DisposeAsync();
        }

        var votes = VotesBefore + MeasuredVotes + votesAlone + votesTogether;
        var (next50, next99) = (Percentile(nextPairs, 0.50), Percentile(nextPairs, 0.99));
        var (p50, p99) = (Percentile(acknowledgements, 0.50), Percentile(acknowledgements, 0.99));
        var (echo50, echo99) = (Percentile(echoes, 0.50), Percentile(echoes, 0.99));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""

            {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; program, playground and people on this one machine.

            | Measured | Figure | Against | Ratio |
            | --- | ---: | --- | ---: |
            | Acknowledgement p50, {ImaginesASecond} `/imagine` a second for {Rounds * Round.TotalSeconds:0} s while it paints | {p50.TotalMilliseconds:0.0} ms | a discord.js bot that only echoes, in turn with it: {echo50.TotalMilliseconds:0.0} ms | {p50 / echo50:0.00} |
            | Acknowledgement p99, same | {p99.TotalMilliseconds:0.0} ms | the same: {echo99.TotalMilliseconds:0.0} ms | {p99 / echo99:0.00} |
            | Acknowledgement p99, same, every core taken by other programs | {Percentile(besideOthers, 0.99).TotalMilliseconds:0.0} ms | Discord's 3,000 ms | {Percentile(besideOthers, 0.99) / AnswerWithin:0.0000} |
            | Not acknowledged in time, of {acknowledgements.Length + besideOthers.Length:N0} | {acknowledgements.Concat(besideOthers).Count(took => took >= AnswerWithin)} | none | |
            | From a press to the next pair p50, a person with {VotesBefore} votes, {MeasuredVotes} presses | {next50.TotalMilliseconds:0.0} ms | {NextPairWithin.TotalMilliseconds:0} ms | {next50 / NextPairWithin:0.000} |
            | From a press to the next pair p99, same | {next99.TotalMilliseconds:0.0} ms | {NextPairWithin.TotalMilliseconds:0} ms | {next99 / NextPairWithin:0.000} |
            | From a press to the next pair, the slowest | {nextPairs.Max().TotalMilliseconds:0.0} ms | {NextPairWithin.TotalMilliseconds:0} ms | {nextPairs.Max() / NextPairWithin:0.000} |
            | Votes a second, 1 person | {alone:0.0} | {inserts:N0} single fsync'd SQLite inserts a second | {alone / inserts:0.000} |
            | Votes a second, {People} people | {together:0.0} | {inserts:N0} single fsync'd SQLite inserts a second | {together / inserts:0.000} |
            | Votes in the database after `kill -9` | {votesStored:N0} | {votes:N0} answered | {(double)votesStored / votes:0.000} |
            | Start to connected, existing data | {startup.TotalSeconds:0.00} s | | |
            | Resident memory, started | {memoryAtStart:0} MiB | | |
            | Resident memory, after the load | {memoryAfter:0} MiB | at start | {memoryAfter / memoryAtStart:0.00} |
            """));
    }

    /// <summary>A first start, whose cost is not measured here: afterwards every ranking picture is painted.</summary>
    private static async Task PaintPoolAsync(PlaygroundHost playground, DataFolder data)
    {
        var total = Seeds.Prompts.Count * StyleVariations.StylesPerPrompt;
        await using var bot = await BotProcess.ConnectAsync(playground, data.Path);
        while (!bot.Output.Contains($"Painted {total} of {total}", StringComparison.Ordinal))
        {
            if (bot.HasExited)
            {
                throw new InvalidOperationException($"The program ended while painting: {bot.Output}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        await bot.StopAsync();
    }

    /// <summary>How long a person waits for each next pair, from the press until Discord has both pictures.</summary>
    private static async Task<TimeSpan[]> NextPairsAsync(Person person)
    {
        var ballot = await person.CommandAsync("rank");
        var waits = new TimeSpan[MeasuredVotes];
        for (var i = -VotesBefore; i < MeasuredVotes; i++)
        {
            var pressed = Stopwatch.GetTimestamp();
            ballot = await person.PressAsync(ballot, i % 2 == 0 ? "Left" : "Right");
            waits[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(pressed);
        }

        return waits;
    }

    /// <summary>Each person votes again as soon as they are answered; a vote is stored before it is answered.</summary>
    private static async Task<(double ASecond, int Count)> VotesASecondAsync(Person[] people)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(people.Select(async person =>
        {
            var ballot = await person.CommandAsync("rank");
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < VoteFor)
            {
                ballot = await person.PressAsync(ballot, count % 2 == 0 ? "Left" : "Right");
                count++;
            }

            return count;
        }));
        return (counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, counts.Sum());
    }

    /// <summary>
    /// Sends at a fixed pace for a while, whether or not answers come, and counts from when each should have been sent: a driver that
    /// waits for a slow program would not see how slow it is.
    /// </summary>
    private static async Task<TimeSpan[]> AcknowledgementsAsync(Person[] people, TimeSpan during, Func<Person, int, Task> act)
    {
        var waiting = new List<Task<TimeSpan>>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < ImaginesASecond * during.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)ImaginesASecond);
            var early = due - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            waiting.Add(AcknowledgeAsync(() => act(people[i % people.Length], i), started, due));
        }

        return await Task.WhenAll(waiting);
    }

    private static Task Imagine(Person person, int number) => person.CommandAsync("imagine", $"A lighthouse by the sea, number {number}");

    /// <summary>
    /// Rounds of <c>/imagine</c> in turn with rounds at a bot that does nothing but answer, in a playground of its own: the
    /// program paints through all of them, and what else the machine does meets both alike. The first of each is not counted.
    /// </summary>
    private static async Task<(TimeSpan[] Acknowledgements, TimeSpan[] Echoes)> AlternateAsync(Person[] people)
    {
        await using var playground = await PlaygroundHost.StartAsync(options => options.People = EveryPerson);
        using var bot = await EchoBot.ConnectAsync(playground);
        var others = await Task.WhenAll(Enumerable.Range(0, People).Select(playground.JoinAsync));
        var (acknowledgements, echoes) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            var acknowledged = await AcknowledgementsAsync(people, Round, Imagine);
            var echoed = await AcknowledgementsAsync(others, Round, (person, number) => person.CommandAsync("greet", ("name", $"number {number}")));
            if (round > 0)
            {
                acknowledgements.AddRange(acknowledged);
                echoes.AddRange(echoed);
            }
        }

        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        return ([.. acknowledgements], [.. echoes]);
    }

    /// <summary>The same, with as many other programs as there are cores that each keep one busy.</summary>
    private static async Task<TimeSpan[]> BesideBusyProgramsAsync(Person[] people)
    {
        Process[] others = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))];
        try
        {
            return await AcknowledgementsAsync(people, Rounds * Round, Imagine);
        }
        finally
        {
            foreach (var other in others)
            {
                other.Kill();
                other.Dispose();
            }
        }
    }

    private static async Task<TimeSpan> AcknowledgeAsync(Func<Task> act, long started, TimeSpan due)
    {
        try
        {
            await act();
        }
        catch (InvalidOperationException)
        {
            // Discord told the person that the application did not respond: no answer at all counts as the limit or more.
            var took = Stopwatch.GetElapsedTime(started) - due;
            return took > AnswerWithin ? took : AnswerWithin;
        }

        return Stopwatch.GetElapsedTime(started) - due;
    }

    /// <summary>What the disk allows: one row a transaction, each on the disk before the next, with the program's own settings.</summary>
    private static double InsertsASecond(DataFolder data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.Path, "inserts.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE Votes (Id INTEGER PRIMARY KEY, PersonId INTEGER, PairId INTEGER, Choice INTEGER);");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Votes (PersonId, PairId, Choice) VALUES (1, 2, 0)";
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(started) < InsertFor)
        {
            insert.ExecuteNonQuery();
            count++;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static long StoredVotes(DataFolder data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.Path, "personalization.db")};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Pairs WHERE Choice IS NOT NULL";
        return (long)count.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static double ResidentMebibytes(BotProcess bot)
    {
        using var process = Process.GetProcessById(bot.ProcessId);
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    private static TimeSpan Percentile(TimeSpan[] all, double share) =>
        all.Order().ElementAt((int)Math.Ceiling(share * all.Length) - 1);

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        var name = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
        return $"{Environment.MachineName}: {name ?? $"{RuntimeInformation.ProcessArchitecture}"}";
    }
}
