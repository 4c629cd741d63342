using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Personalization.Codes;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

/// <summary>
/// A database at an earlier migration, filled through plain SQL as the program of that time filled it, and what the stores
/// must return once it is upgraded. A later migration that adds a table or a column needs a value for it here.
/// </summary>
internal sealed class EarlierDatabase
{
    // The numbers that stand for these in the database, in order.
    private static readonly PictureKind[] Kinds = [PictureKind.Ranking, PictureKind.Made, PictureKind.Private, PictureKind.Prepared, PictureKind.Retired];
    private static readonly Choice[] Choices = [Choice.Left, Choice.Right, Choice.Skip, Choice.Withdrawn];
    private static readonly JobState[] States = [JobState.Accepted, JobState.Painted, JobState.Delivered, JobState.Failed, JobState.Closed];

    private readonly DbConnection _connection;
    private readonly DatabaseKind _kind;
    private readonly IReadOnlyList<string> _applied;
    private readonly IReadOnlyList<string> _pending;
    private readonly HashSet<(string Table, string Column)> _columns = [];

    private EarlierDatabase(DbConnection connection, DatabaseKind kind, IReadOnlyList<string> applied, IReadOnlyList<string> pending) =>
        (_connection, _kind, _applied, _pending) = (connection, kind, applied, pending);

    /// <summary>Has votes, skips, a withdrawn and an open pair, a like, and drafts. The number is negative as a signed one.</summary>
    public static PersonId Ann { get; } = new(ulong.MaxValue - 5);

    /// <summary>Has a like and nothing else.</summary>
    public static PersonId Ben { get; } = new(22);

    /// <summary>Has a code and nothing else.</summary>
    public static PersonId Cid { get; } = new(23);

    /// <summary>Has made pictures and never voted, so has no profile.</summary>
    public static PersonId Dan { get; } = new(24);

    /// <summary>Has one vote and nothing else.</summary>
    public static PersonId Eve { get; } = new(25);

    /// <summary>Where all jobs came from.</summary>
    public static GuildId Guild { get; } = new(1100000000000000002);

    /// <summary>An opened pair that was deleted when the answer before it was undone. Its number must not be given to another pair.</summary>
    public const long DeletedPair = 7;

    /// <summary>The number of a stored prompt.</summary>
    public const ulong DraftId = 900;

    /// <summary>The prompt under <see cref="DraftId"/>.</summary>
    public const string Draft = "a forest --p --s 100";

    private static readonly TastePreview Preview = new(20, [new(new("vividness", "muted", "vivid", []), -1.5, 0.9)], IsOwnPrompt: true);

    private const string PreviewJson = """{"at":20,"isOwnPrompt":true,"traits":[{"axis":"vividness","low":"muted","high":"vivid","weight":-1.5,"confidence":0.9}]}""";

    public List<Picture> Pictures { get; } = [];

    /// <summary>In order of id; the open pair is the only one without a choice.</summary>
    public List<Pair> Pairs { get; } = [];

    public List<Like> Likes { get; } = [];

    /// <summary>In order of acceptance.</summary>
    public List<ImagineJob> Jobs { get; } = [];

    public Dictionary<PersonalizationCode, TasteSnapshot> Snapshots { get; } = [];

    /// <summary>The newest fit; null before the migration that stores fits.</summary>
    public FittedCommunity? Community { get; private set; }

    /// <summary>Creates the database of <paramref name="context"/> at a migration and fills it.</summary>
    public static async Task<EarlierDatabase> CreateAsync(PersonalizationContext context, DatabaseKind kind, string migration)
    {
        await context.GetService<IMigrator>().MigrateAsync(migration, Cancellation);
        await context.Database.OpenConnectionAsync(Cancellation);
        var applied = await context.Database.GetAppliedMigrationsAsync(Cancellation);
        var pending = await context.Database.GetPendingMigrationsAsync(Cancellation);
        var database = new EarlierDatabase(context.Database.GetDbConnection(), kind, [.. applied], [.. pending]);
        foreach (var column in await database.ListColumnsAsync())
        {
            database._columns.Add(column);
        }

        await database.AddGuildsAsync();
        await database.AddPicturesAsync();
        await database.AddBallotsAsync();
        await database.AddProfilesAsync();
        await database.AddCommunitiesAsync();
        await database.AddSnapshotsAsync();
        await database.AddJobsAsync();
        await database.InsertAsync("PromptDrafts", ("Id", (long)DraftId), ("PersonId", Signed(Ann.Value)), ("Prompt", Draft), ("IsPersonal", false));
        if (kind == DatabaseKind.Postgres)
        {
            // As far as its numbers had been given, which rows with numbers of their own do not tell it.
            foreach (var (table, last) in new[] { ("Pictures", database.Pictures.Count), ("Pairs", DeletedPair), ("Likes", database.Likes.Count) })
            {
                await database.ExecuteAsync($"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), {last})");
            }
        }

        return database;
    }

    /// <summary>The columns, as <c>Table.Column</c>, that hold no value in any row.</summary>
    public async Task<IReadOnlyList<string>> EmptyColumnsAsync()
    {
        var empty = new List<string>();
        foreach (var (table, column) in _columns)
        {
            await using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(\"{column}\") FROM \"{table}\"";
            if (Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture) == 0)
            {
                empty.Add($"{table}.{column}");
            }
        }

        return empty;
    }

    private async Task AddGuildsAsync()
    {
        if (IsReached("Guilds"))
        {
            await InsertAsync("Guilds", ("Id", (long)Guild.Value), ("IsSharing", true));
        }
    }

    private async Task AddPicturesAsync()
    {
        var ranking = new Picture { Kind = PictureKind.Ranking, Prompt = "a forest", Style = new(0.5f, -1, 1f / 3), Seed = uint.MaxValue, Width = 512, Height = 384 };
        var made = ranking with { Kind = PictureKind.Made, Style = new(0, 0, 0), Author = Dan, Guild = Guild, FileKey = "made.png", Seed = 0 };
        await AddAsync(ranking with { Id = new(1) });
        await AddAsync(ranking with { Id = new(2), Style = new(-0.25f, 0, 1), FileKey = "ranking.png", Features = new("pixels-1", [0.25f, 3]) });
        await AddAsync(made with { Id = new(3), Features = new("pixels-0", [-1f / 3]) });
        await AddAsync(made with { Id = new(4), Kind = PictureKind.Private, Author = Ann });
        if (IsReached("Community"))
        {
            await AddAsync(made with { Id = new(5), Style = null, Guild = null, FileKey = "unstyled.webp" });
        }

        if (IsReached("References"))
        {
            await AddAsync(ranking with { Id = new(6), Kind = PictureKind.Prepared, Source = "OpenAi gpt-image-1" });
            await AddAsync(ranking with { Id = new(7), Kind = PictureKind.Retired });
        }

        async Task AddAsync(Picture picture)
        {
            Pictures.Add(Has("Pictures", "Features") ? picture : picture with { Features = null });
            await InsertAsync(
                "Pictures",
                ("Id", picture.Id.Value),
                ("Kind", Array.IndexOf(Kinds, picture.Kind)),
                ("Prompt", picture.Prompt),
                ("Style", picture.Style is { } style ? Bytes(style.Coordinates) : null),
                ("Seed", (long)picture.Seed),
                ("Width", picture.Width),
                ("Height", picture.Height),
                ("Source", picture.Source),
                ("Author", picture.Author is { } author ? Signed(author.Value) : null),
                ("GuildId", (long?)picture.Guild?.Value),
                ("FileKey", picture.FileKey),
                ("Features", picture.Features is { } features ? Bytes<float>([.. features.Values]) : null),
                ("FeaturesVersion", picture.Features?.Version));
        }
    }

    private async Task AddBallotsAsync()
    {
        var (ann, eve) = (ProfileId.FirstOf(Ann), ProfileId.FirstOf(Eve));
        await AddPairAsync(new(1, ann, new(1), new(2), Choice.Left) { IsRandom = true, Expectation = 1.0 / 3, AnsweredAt = At(1) });
        await AddPairAsync(new(2, ann, new(2), new(1), Choice.Right) { Expectation = 0.75, AnsweredAt = At(2) });
        await AddPairAsync(new(3, ann, new(1), new(3), Choice.Skip) { AnsweredAt = At(3) });
        await AddPairAsync(new(4, ann, new(3), new(2), Choice.Withdrawn) { AnsweredAt = At(4) });
        await AddPairAsync(new(5, ann, new(2), new(3), null) { IsRandom = true });
        await AddPairAsync(new(6, eve, new(3), new(1), Choice.Left) { AnsweredAt = At(6) });
        await InsertPairAsync(new(DeletedPair, eve, new(1), new(2), null));
        await ExecuteAsync($"DELETE FROM \"Pairs\" WHERE \"Id\" = {DeletedPair}");
        await AddLikeAsync(1, new(ProfileId.FirstOf(Ben), new(3), [new(1), new(2)], [new(2)]) { LikedAt = At(7) });
        await AddLikeAsync(2, new(ann, new(3), []) { LikedAt = At(8) });

        async Task AddPairAsync(Pair pair)
        {
            Pairs.Add(Has("Pairs", "Expectation") ? pair : pair with { IsRandom = false, Expectation = null });
            await InsertPairAsync(pair);
        }

        Task InsertPairAsync(Pair pair) => InsertAsync(
            "Pairs",
            ("Id", pair.Id),
            ("PersonId", Signed(pair.Profile.Value)),
            ("ProfileId", Signed(pair.Profile.Value)),
            ("LeftId", pair.Left.Value),
            ("RightId", pair.Right.Value),
            ("Choice", pair.Choice is { } choice ? Array.IndexOf(Choices, choice) : null),
            ("AnsweredAt", pair.AnsweredAt?.ToUnixTimeMilliseconds()),
            ("IsRandom", pair.IsRandom),
            ("Expectation", pair.Expectation));

        async Task AddLikeAsync(long id, Like like)
        {
            Likes.Add(Has("Likes", "Drawn") ? like : like with { Drawn = null });
            await InsertAsync(
                "Likes",
                ("Id", id),
                ("PersonId", Signed(like.Profile.Value)),
                ("ProfileId", Signed(like.Profile.Value)),
                ("PictureId", like.Picture.Value),
                ("PassedOver", Bytes<long>([.. like.PassedOver.Select(picture => picture.Value)])),
                ("Drawn", like.Drawn is null ? null : Bytes<long>([.. like.Drawn.Select(picture => picture.Value)])),
                ("LikedAt", like.LikedAt!.Value.ToUnixTimeMilliseconds()));
        }
    }

    private async Task AddProfilesAsync()
    {
        if (IsReached("Profiles"))
        {
            foreach (var person in (PersonId[])[Ann, Ben, Cid, Eve])
            {
                await InsertAsync("Profiles", ("Id", Signed(person.Value)), ("PersonId", Signed(person.Value)));
            }
        }
    }

    private async Task AddCommunitiesAsync()
    {
        var map = new FeatureMap("pixels-1", [new("chroma", "grey", "colourful")], 2, new([0.1], [0.25], []), [[0.5, -0.25]], [[1], [3.5]], [0.1], [2]);
        var factors = new LatentFactors(2, new Dictionary<long, double[]> { [2] = [1.0 / 3, -2] });
        if (IsReached("Community"))
        {
            await AddAsync(new(map, null, Prior(1)), Json("", ""));
        }

        if (IsReached("JobTickets"))
        {
            await AddAsync(new(map, factors, Prior(2)), Json("", """ "Factors":{"Count":2,"Coordinates":{"2":[0.3333333333333333,-2]}}, """));
        }

        if (IsReached("References"))
        {
            await AddAsync(new(map with { Source = "OpenAi gpt-image-1" }, factors, Prior(3)), Json(
                """ "Source":"OpenAi gpt-image-1", """,
                """ "Factors":{"Count":2,"Coordinates":{"2":[0.3333333333333333,-2]}}, """));
        }

        CommunityPrior Prior(int version) =>
            new(version, [0.1, 1.0 / 3], [1, 0.25, 0.25, 2], [0.01, 0, 0, 0.02], 0.3, new Dictionary<long, Appeal> { [2] = new(-0.7, 0.1) }, 0.15);

        // Spread and Doubt are the population covariance and the covariance of the mean.
        string Json(string source, string latent) => $$"""
            {"Map":{"ExtractorVersion":"pixels-1","Measures":[{"Id":"chroma","Low":"grey","High":"colourful"}],"Axes":2,
            "Scaling":{"Means":[0.1],"Deviations":[0.25],"Components":[]},"StyleToMeasures":[[0.5,-0.25]],
            "MeasuresToStyle":[[1],[3.5]],"Means":[0.1],"Deviations":[2],{{source}}"Measured":1},{{latent}}
            "Mean":[0.1,0.3333333333333333],"Spread":[1,0.25,0.25,2],"Doubt":[0.01,0,0,0.02],"AppealVariance":0.3,
            "Appeals":[{"Picture":2,"Mean":-0.7,"Variance":0.1}],"TieOdds":0.15}
            """;

        async Task AddAsync(FittedCommunity fitted, string json)
        {
            Community = fitted;
            using var bytes = new MemoryStream();
            await using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest))
            {
                await compressed.WriteAsync(Encoding.UTF8.GetBytes(json), Cancellation);
            }

            await InsertAsync(
                "Communities",
                ("Version", fitted.Prior.Version),
                ("FittedAt", At(fitted.Prior.Version).ToUnixTimeMilliseconds()),
                ("People", 10),
                ("Comparisons", 300),
                ("Content", bytes.ToArray()));
        }
    }

    private async Task AddSnapshotsAsync()
    {
        var snapshot = new TasteSnapshot(ProfileId.FirstOf(Cid), 1, 1, 2, [0.5f, -1f / 3], [0.25f, 0], [1, 1e-30f], 200, 4);
        await AddAsync(5, snapshot);
        await AddAsync(6, snapshot with { Owner = default, Likes = 0 });
        if (IsReached("References"))
        {
            await AddAsync(7, snapshot with { SchemaVersion = 2, Favourites = [new(3), new(1)] });
        }

        if (IsReached("SnapshotBallots"))
        {
            await AddAsync(8, snapshot with { Votes = 201, Ballots = BallotsHash.Parse("00112233445566778899aabbccddeeff") });
        }

        async Task AddAsync(ulong number, TasteSnapshot added)
        {
            var code = PersonalizationCode.FromNumber(number);
            Snapshots.Add(code, added);
            await InsertAsync(
                "Snapshots",
                ("Code", code.ToString()),
                ("Owner", Signed(added.Owner.Value)),
                ("SchemaVersion", added.SchemaVersion),
                ("SpaceVersion", added.SpaceVersion),
                ("PriorVersion", added.PriorVersion),
                ("Mean", Bytes<float>([.. added.Mean])),
                ("Deviation", Bytes<float>([.. added.Deviation])),
                ("Variance", Bytes<float>([.. added.Variance])),
                ("Votes", added.Votes),
                ("Likes", added.Likes),
                ("Favourites", Bytes<long>([.. added.Favourites.Select(picture => picture.Value)])),
                ("Ballots", added.Ballots?.ToString()));
        }
    }

    /// <summary>A job in each state with a request of each version until then.</summary>
    private async Task AddJobsAsync()
    {
        foreach (var (request, json) in Requests())
        {
            foreach (var state in States)
            {
                var id = (ulong)Jobs.Count + 100;
                await AddAsync(
                    new()
                    {
                        Id = id,
                        Person = Ann,
                        ReplyTo = $$"""{"Interaction":{"Id":{{id}},"ApplicationId":9,"Token":"t","ChannelId":8,"GuildId":{{Guild}},"ReceivedAt":"2026-05-01T12:00:00+00:00"},"MessageId":{{1000 + id}}}""",
                        Guild = Guild,
                        Prompt = "a forest --seed 7",
                        Backend = "Painter",
                        Request = request,
                        IsPrivate = state is JobState.Delivered,
                        AcceptedAt = At((int)id),
                        State = state,
                        Attempt = 3,
                        Tries = 2,
                        Faults = 1,
                        Ticket = state is JobState.Accepted && Has("ImagineJobs", "Ticket") ? "ticket-7" : null,
                        Pictures = state is JobState.Painted or JobState.Delivered ? [new(4), new(3)] : [],
                        Failure = state is JobState.Failed or JobState.Closed ? new JobFailure.Sentence("The painter is away.") : null,
                        Preview = Jobs.Count == 0 && Has("ImagineJobs", "Preview") ? Preview : null,
                    },
                    json);
            }
        }

        async Task AddAsync(ImagineJob job, string json)
        {
            Jobs.Add(job);
            await InsertAsync(
                "ImagineJobs",
                ("Id", (long)job.Id),
                ("PersonId", Signed(job.Person.Value)),
                ("ReplyTo", job.ReplyTo),
                ("GuildId", (long?)job.Guild?.Value),
                ("MessageId", 1000 + (long)job.Id),
                ("Prompt", job.Prompt),
                ("Backend", job.Backend),
                ("Request", json),
                ("IsPrivate", job.IsPrivate),
                ("AcceptedAt", job.AcceptedAt.ToUnixTimeMilliseconds()),
                ("State", Array.IndexOf(States, job.State)),
                ("Attempt", job.Attempt),
                ("Tries", job.Tries),
                ("Faults", job.Faults),
                ("Ticket", job.Ticket),
                ("Pictures", Bytes<long>([.. job.Pictures.Select(picture => picture.Value)])),
                ("Failure", (job.Failure as JobFailure.Sentence)?.Text),
                ("PreviewAt", job.Preview?.At),
                ("Preview", job.Preview is null ? null : PreviewJson));
        }
    }

    /// <summary>Requests with the JSON that each version of the program wrote for them, up to the first one after this migration.</summary>
    private IEnumerable<(ImageRequest Request, string Json)> Requests()
    {
        var request = new ImageRequest
        {
            Text = "a \"forest\" – ü",
            Additions = [new("rich saturated colours", 1.1)],
            Avoid = ["people"],
            Styles = [new(0.1f, -0.7f), new(float.BitDecrement(1), 1f / 3)],
            Seed = uint.MaxValue,
            Count = 2,
            Width = 640,
            Height = 360,
            Model = "m",
        };
        yield return (request, """{"text":"a \u0022forest\u0022 \u2013 \u00FC","additions":[{"phrase":"rich saturated colours","weight":1.1}],"avoid":["people"],"styles":[[0.1,-0.7],[0.99999994,0.33333334]],"seed":4294967295,"seedStep":0,"count":2,"width":640,"height":360,"model":"m"}""");

        if (IsReached("JobTickets"))
        {
            request = request with { Dislikes = ["fog"], References = [new(2), new(1)], ReferenceWeight = 0.35 };
            yield return (request, """{"text":"a \u0022forest\u0022 \u2013 \u00FC","additions":[{"phrase":"rich saturated colours","weight":1.1}],"avoid":["people"],"dislikes":["fog"],"styles":[[0.1,-0.7],[0.99999994,0.33333334]],"references":[{"value":2},{"value":1}],"referenceWeight":0.35,"seed":4294967295,"seedStep":0,"count":2,"width":640,"height":360,"model":"m"}""");

            request = request with { Original = new(3), Fallbacks = [new("Cloud", "x", 1024, 768)] };
            yield return (request, """{"text":"a \u0022forest\u0022 \u2013 \u00FC","additions":[{"phrase":"rich saturated colours","weight":1.1}],"avoid":["people"],"dislikes":["fog"],"styles":[[0.1,-0.7],[0.99999994,0.33333334]],"references":[{"value":2},{"value":1}],"referenceWeight":0.35,"original":{"value":3},"seed":4294967295,"seedStep":0,"count":2,"width":640,"height":360,"model":"m","fallbacks":[{"backend":"Cloud","model":"x","width":1024,"height":768}]}""");
        }

        if (IsReached("References"))
        {
            request = request with { Candidates = 8, Preference = [0.25f, -1f / 3], Fallbacks = [new("Cloud", "x", 1024, 768, 4)] };
            yield return (request, """{"text":"a \u0022forest\u0022 \u2013 \u00FC","additions":[{"phrase":"rich saturated colours","weight":1.1}],"avoid":["people"],"dislikes":["fog"],"styles":[[0.1,-0.7],[0.99999994,0.33333334]],"references":[{"value":2},{"value":1}],"referenceWeight":0.35,"original":{"value":3},"seed":4294967295,"seedStep":0,"count":2,"candidates":8,"preference":[0.25,-0.33333334],"width":640,"height":360,"model":"m","fallbacks":[{"backend":"Cloud","model":"x","width":1024,"height":768,"candidates":4}]}""");
        }
    }

    private async Task<IReadOnlyList<(string Table, string Column)>> ListColumnsAsync()
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = _kind == DatabaseKind.Sqlite
            ? """
            SELECT tables.name, columns.name
            FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name NOT LIKE '\_\_EF%' ESCAPE '\' AND tables.name NOT LIKE 'sqlite\_%' ESCAPE '\'
            """
            : """SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'""";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var columns = new List<(string Table, string Column)>();
        while (await reader.ReadAsync(Cancellation))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    /// <summary>Inserts a row of those columns that exist at this migration.</summary>
    private Task InsertAsync(string table, params IEnumerable<(string Column, object? Value)> row)
    {
        var existing = row.Where(cell => Has(table, cell.Column)).ToList();
        return ExecuteAsync(
            $"INSERT INTO \"{table}\" ({string.Join(", ", existing.Select(cell => $"\"{cell.Column}\""))}) VALUES ({string.Join(", ", existing.Select(cell => $"@{cell.Column}"))})",
            existing);
    }

    private async Task ExecuteAsync(string sql, params IEnumerable<(string Name, object? Value)> parameters)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{name}", value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private bool Has(string table, string column) => _columns.Contains((table, column));

    // PostgreSQL's first migration has all that SQLite had by then.
    private bool IsReached(string migration) => _kind == DatabaseKind.Sqlite
        ? _applied.Any(applied => applied.EndsWith($"_{migration}", StringComparison.Ordinal))
        : !_pending.Any(pending => pending.EndsWith($"_{migration}", StringComparison.Ordinal));

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddMilliseconds(1_790_000_000_123).AddSeconds(second);

    private static long Signed(ulong number) => unchecked((long)number);

    private static byte[] Bytes<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers).ToArray();
}
