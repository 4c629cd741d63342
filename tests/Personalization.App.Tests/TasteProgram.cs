using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Personalization.App.Jobs;
using Personalization.App.Tests.Bot;
using Personalization.Catalogue;
using Personalization.Discord.Interactions;
using Personalization.DiscordClient.Gateway;
using Personalization.DiscordClient.Interactions;
using Personalization.DiscordClient.Rest;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Storage;
using Personalization.Styles;
using Personalization.Votes;

namespace Personalization.App.Tests;

/// <summary>The program without its gateway and queue, on a temporary folder, with a clock and a Discord that the test controls.</summary>
internal sealed class TasteProgram : IAsyncDisposable
{
    // Seeding a database costs more than most tests do with it: it is done once, and each program has a copy.
    private static readonly Lazy<Task<byte[]>> Seeded = new(SeedAsync);

    private readonly TemporaryFolder _folder = new();
    private readonly IHost _host;
    private int _lost;

    private TasteProgram(Action<IServiceCollection>? change, params IEnumerable<string> settings)
    {
        var builder = BotHost.CreateBuilder([$"--DataDirectory={_folder.FullName}", "--Urls=http://127.0.0.1:0", "--Ranking:PaintAhead=false", "--Compute:Nice=0", "--Discord:Token=token", "--Vision:Encoder=false", .. settings]);
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddHttpClient(DiscordRest.ClientName).ConfigurePrimaryHttpMessageHandler(() => Discord);

        // Interactions come from the test, not through a gateway, and jobs go no further than their queue.
        builder.Services.KeepHosted(typeof(CatalogueService), typeof(CommunityService));

        // The copy of the database has been seeded; seeding it again would also undo what a test changed in it.
        builder.Services.AddSingleton(new CatalogueSeeding(() => Task.CompletedTask, Time));
        change?.Invoke(builder.Services);
        _host = builder.BuildChecked();
    }

    /// <summary>A channel that every member of server 5 sees.</summary>
    public const string Open = """{"id":"8","type":0}""";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordedLog Log { get; } = new();

    public RecordedDiscord Discord { get; } = new();

    /// <summary>The language of the person's client by Discord's name; null where Discord does not say.</summary>
    public string? Locale { get; set; }

    /// <summary>What members may do, as Discord writes it.</summary>
    public string MemberPermissions { get; set; } = "1024";

    /// <summary>The id of the next interaction.</summary>
    public ulong InteractionId { get; set; } = 31;

    /// <summary>Whether the server has installed the bot, which may write in its channels; otherwise the person brought it along.</summary>
    public bool IsInstalled { get; set; } = true;

    public string Folder => _folder.FullName;

    public string DatabaseFile => Path.Combine(Folder, "personalization.db");

    public bool IsStopping => Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    /// <summary>With its ranking pictures in the database, and not started.</summary>
    public static async Task<TasteProgram> CreateAsync(Action<IServiceCollection>? change = null)
    {
        var program = new TasteProgram(change);
        await File.WriteAllBytesAsync(program.DatabaseFile, await Seeded.Value, Cancellation);
        foreach (var server in (ulong[])[5, 6])
        {
            program.Get<GuildDirectory>().Take("GUILD_CREATE", Guild(server));
        }

        await program._host.Services.MigrateStorageAsync(Cancellation);
        return program;
    }

    /// <summary>A program with other settings that is started on what this one has stored; not started.</summary>
    public async Task<TasteProgram> NextAsync(params IReadOnlyList<string> settings)
    {
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var next = new TasteProgram(change: null, settings);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(next.Folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await next._host.Services.MigrateStorageAsync(Cancellation);
        return next;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync(Cancellation);

    /// <summary>Waits until the program stops by itself.</summary>
    public async Task StoppedAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Get<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(TestRun.Deadline, Cancellation);
    }

    public async Task<Voter> VoterAsync(PersonId person) => new(person, await Get<IProfileStore>().GetOrCreateAsync(person, Cancellation), new GuildId(5));

    /// <summary>Answers pairs, always with the picture that has more of the first axis.</summary>
    /// <param name="least">The difference along the axis, from 0 to 2, under which a pair is skipped and not counted: 0 answers every pair.</param>
    public async Task VoteAsync(PersonId person, int count, double least = 0, bool prefersLess = false)
    {
        var (box, voter) = (Get<BallotBox>(), await VoterAsync(person));
        var ballot = await box.OpenAsync(voter, Cancellation);
        for (var votes = 0; votes < count;)
        {
            var difference = ballot.Left.Style![0] - ballot.Right.Style![0];
            var choice = Math.Abs(difference) < least ? Choice.Skip : difference > 0 != prefersLess ? Choice.Left : Choice.Right;
            ballot = Assert.IsType<BallotResult.Counted>(await box.AnswerAsync(voter, ballot.Pair.Id, choice, Cancellation)).Next;
            votes += choice == Choice.Skip ? 0 : 1;
        }
    }

    /// <summary>A person types a command in a channel that all see; the answer they see in the end.</summary>
    public async Task<Shown> SayAsync(PersonId person, string command, params (string Name, string Value)[] options)
    {
        await SayAsync(person, server: "5", Open, command, options);
        return Discord.Last();
    }

    /// <summary>A person types a command in a channel.</summary>
    /// <param name="server">The server's id; null in a direct message.</param>
    /// <param name="channel">As Discord describes it.</param>
    public async Task SayAsync(PersonId person, string? server, string channel, string command, params (string Name, string Value)[] options)
    {
        await InteractAsync(person, server, channel, type: 2, new { id = "1", name = command, type = 1, options = options.Select(option => new { type = 3, name = option.Name, value = option.Value }) });
    }

    /// <summary>A person presses a button, in a channel of a server that all see.</summary>
    public Task PressAsync(PersonId person, string customId) => PressAsync(person, "5", Open, customId);

    /// <summary>A person presses a button in a channel.</summary>
    public Task PressAsync(PersonId person, string? server, string channel, string customId) =>
        InteractAsync(person, server, channel, type: 3, new { custom_id = customId, component_type = 2 });

    /// <summary>A person picks a line of a menu, in a channel of a server that all see.</summary>
    public Task PickAsync(PersonId person, string customId, string value) =>
        InteractAsync(person, "5", Open, type: 3, new { custom_id = customId, component_type = 3, values = new[] { value } });

    /// <summary>A person fills in the editor of a prompt, in a channel of a server that all see.</summary>
    public Task FillInAsync(PersonId person, string customId, string prompt) =>
        InteractAsync(person, "5", Open, type: 5, new { custom_id = customId, components = new[] { new { type = 18, component = new { type = 4, custom_id = "prompt", value = prompt } } } });

    /// <summary>A server of this program's bot: channel 8 is open, 9 hidden from most, 10 age-restricted, and 11 from one member; in the second, all numbers are ten higher.</summary>
    private static JsonElement Guild(ulong id)
    {
        var first = id == 5 ? 8 : 18;
        return JsonSerializer.Deserialize<JsonElement>($$"""
            {"id":"{{id}}","nsfw_level":0,"roles":[{"id":"77","permissions":"8"},{"id":"{{id}}","permissions":"1024"}],"channels":[
            {"id":"{{first}}","type":0},
            {"id":"{{first + 1}}","type":0,"permission_overwrites":[{"id":"{{id}}","type":0,"allow":"0","deny":"1024"}]},
            {"id":"{{first + 2}}","type":0,"nsfw":true},
            {"id":"{{first + 3}}","type":0,"permission_overwrites":[{"id":"99","type":1,"allow":"0","deny":"1024"}]}]}
            """);
    }

    /// <summary>The file of a database with the ranking pictures in it.</summary>
    private static async Task<byte[]> SeedAsync()
    {
        await using var program = new TasteProgram(change: null);
        await program._host.Services.MigrateStorageAsync(CancellationToken.None);
        await program.Get<CatalogueSeeder>().SeedAsync(CancellationToken.None);
        await program.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return await File.ReadAllBytesAsync(program.DatabaseFile);
    }

    private async Task InteractAsync(PersonId person, string? server, string channel, int type, object content)
    {
        Discord.Next();
        var here = JsonSerializer.Deserialize<JsonElement>(channel);
        var user = new { id = person.Value.ToString(), username = "ada" };
        var data = JsonSerializer.SerializeToElement(new
        {
            id = InteractionId.ToString(),
            application_id = "9",
            type,
            locale = Locale,
            token = "interaction.token",
            channel_id = here.GetProperty("id").GetString(),
            channel = here,
            guild_id = server,
            member = server is null ? null : new { user, permissions = MemberPermissions },
            user = server is null ? user : null,
            message = type == 3 ? new { id = "77", flags = 64, components = Array.Empty<object>() } : null,
            authorizing_integration_owners = IsInstalled ? new Dictionary<string, string?> { ["0"] = server } : new() { ["1"] = person.Value.ToString() },
            app_permissions = IsInstalled ? "274877910016" : "0",
            data = content,
        });
        await Get<IInteractionHandler>().HandleAsync(GatewayInteraction.Read(data, Get<DiscordRest>(), Time.GetUtcNow())!, Cancellation);
    }

    /// <summary>Adds a made picture without its file, of a file of its own.</summary>
    public async Task<PictureId> AddLostPictureAsync(string prompt = "a boat") => await AddPictureAsync($"{++_lost:x64}.png", prompt: prompt);

    public Task<IReadOnlyList<Picture>> RankingAsync() => Get<IPictureStore>().RankingPicturesAsync(Cancellation);

    public async Task<PictureId> AddPictureAsync(string fileKey, int width = 8, int height = 8, string prompt = "a boat")
    {
        var picture = new Picture { Kind = PictureKind.Made, Guild = new(5), Prompt = prompt, Style = new(new float[Get<StyleVocabulary>().Dimension]), Seed = 1, Width = width, Height = height, FileKey = fileKey };
        return (await Get<IPictureStore>().AddAsync([picture], Cancellation))[0].Id;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile}");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
