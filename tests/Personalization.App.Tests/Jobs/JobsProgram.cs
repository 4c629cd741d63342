using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Personalization.App.Jobs;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage;
using Personalization.Storage.Imagine;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;
using Quartz;

namespace Personalization.App.Tests.Jobs;

/// <summary>The program's storage, queue and runner on a temporary folder, with a painter and a delivery that the test controls.</summary>
internal sealed class JobsProgram : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly IHost _host;

    private JobsProgram(DirectoryInfo folder, ScriptedPainter painter, int concurrency)
    {
        _folder = folder;
        Painter = painter;
        var builder = BotHost.CreateBuilder($"--DataDirectory={folder.FullName}", "--Urls=http://127.0.0.1:0", $"--Jobs:Concurrency={concurrency}");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.KeepHosted(typeof(ImagineJobService), typeof(QuartzHostedService));
        builder.Services
            .RemoveAll<IImageBackend>()
            .AddSingleton<IImageBackend>(painter)
            .AddSingleton(new Random(7))
            .AddSingleton<IGridComposer>(new FirstPicture())
            .AddSingleton<IDelivery>(Delivery)
            .AddSingleton<IFeatureExtractor>(new SecondByte())
            .AddSingleton(Community());
        _host = builder.BuildChecked();
    }

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ScriptedPainter Painter { get; }

    public RecordedDelivery Delivery { get; } = new();

    public RecordedLog Log { get; } = new();

    public string PictureFolder => Path.Combine(_folder.FullName, "pictures");

    public string DatabaseFile => Path.Combine(_folder.FullName, "personalization.db");

    public IImagineJobStore Jobs => Get<IImagineJobStore>();

    public static async Task<JobsProgram> CreateAsync(ScriptedPainter? painter = null, int concurrency = 2)
    {
        var program = new JobsProgram(Directory.CreateTempSubdirectory("personalization-"), painter ?? new ScriptedPainter(), concurrency);
        await program._host.Services.MigrateStorageAsync(Cancellation);
        return program;
    }

    public static async Task<JobsProgram> StartedAsync(ScriptedPainter? painter = null, int concurrency = 2)
    {
        var program = await CreateAsync(painter, concurrency);
        await program.StartAsync();
        return program;
    }

    /// <summary>The program that finds what this one leaves when it is killed now: the files as they are. Not started.</summary>
    public async Task<JobsProgram> AfterKillAsync(ScriptedPainter? painter = null)
    {
        var copy = Directory.CreateTempSubdirectory("personalization-");
        await CopyAsync(copy);
        var program = new JobsProgram(copy, painter ?? new ScriptedPainter(), concurrency: 2);
        await program._host.Services.MigrateStorageAsync(Cancellation);
        return program;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync(Cancellation);

    public Task StopAsync() => _host.StopAsync(Cancellation);

    public Task<bool> EnqueueAsync(ulong id) => Get<IImagineQueue>().EnqueueAsync(Job(id), Cancellation);

    /// <summary>Adds a job's row without its place in the queue.</summary>
    public Task AddOrphanAsync(ulong id, Func<ImagineJob, ImagineJob>? change = null) =>
        Get<ImagineJobStore>().AddAsync((change ?? (job => job))(Job(id)), _ => Task.CompletedTask, Cancellation);

    public async Task<bool> IsScheduledAsync(ulong id)
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler(Cancellation);
        return await scheduler.Exists(ImagineSchedule.KeyOf(id), Cancellation);
    }

    public async Task<JobState> StateOfAsync(ulong id) => (await Jobs.FindAsync(id, Cancellation))!.State;

    public async ValueTask DisposeAsync()
    {
        Painter.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    public static ImagineJob Job(ulong id) => new()
    {
        Id = id,
        Person = new(42),
        ReplyTo = "channel",
        Prompt = "a forest --seed 5",
        Backend = "Painter",
        Request = new() { Text = "a forest", Seed = 5, Count = 2, Width = 8, Height = 8 },
        AcceptedAt = DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(id),
    };

    /// <summary>Copies the files under a write lock: a kill takes no time, and a copy does.</summary>
    private async Task CopyAsync(DirectoryInfo copy)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile}");
        await connection.OpenAsync(Cancellation);
        await using var hold = connection.BeginTransaction();
        foreach (var file in _folder.GetFiles("*", SearchOption.AllDirectories).Where(file => file.Extension != ".lock"))
        {
            var target = Path.Combine(copy.FullName, Path.GetRelativePath(_folder.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
    }

    /// <summary>One axis, and a map for which a picture's second byte, in tenths, is where it stands.</summary>
    private static CurrentCommunity Community()
    {
        var vocabulary = new StyleVocabulary(1, [new("vividness", "muted", "vivid", [])], []);
        var map = new FeatureMap("second byte", [new("byte", "low", "high")], 1, new([0], [1], []), [[0]], [[1]], [0], [1]);
        var space = new FeatureSpace(vocabulary, map, null);
        return new(new Community(space, space.InitialPrior()));
    }

    private sealed class SecondByte : IFeatureExtractor
    {
        public string Version => "second byte";

        public IReadOnlyList<PictureMeasure> Measures { get; } = [new("byte", "low", "high")];

        public int EmbeddingLength => 0;

        public float[] Extract(ReadOnlyMemory<byte> picture) => [picture.Span[1] / 10f];
    }

    private sealed class FirstPicture : IGridComposer
    {
        public PaintedPicture Shrink(PaintedPicture picture, int side) => picture;

        public PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures) => pictures[0];

        public PictureFile Fit(ReadOnlyMemory<byte> png, long bytes) => PictureFile.OfPng(png);
    }
}
