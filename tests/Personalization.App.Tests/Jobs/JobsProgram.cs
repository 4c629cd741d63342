using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Personalization.App.Jobs;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage;
using Personalization.Storage.Imagine;
using Quartz;

namespace Personalization.App.Tests.Jobs;

/// <summary>The program's storage, queue and runner on a temporary folder, with a painter and a delivery that the test controls.</summary>
internal sealed class JobsProgram : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IHost _host;

    private JobsProgram(TemporaryFolder folder, ScriptedBackend painter, int concurrency, TimeProvider? time = null)
    {
        _folder = folder;
        Painter = painter;
        var builder = BotHost.CreateBuilder($"--DataDirectory={folder.FullName}", "--Urls=http://127.0.0.1:0", "--Compute:Nice=0", "--Vision:Encoder=false", $"--Jobs:Concurrency={concurrency}", "--Jobs:PerPerson=50", "--Imagine:DefaultVersion=1", $"--Imagine:Versions:1:Backend={painter.Name}", "--Imagine:Backend=" + painter.Name);
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.KeepHosted(typeof(ImagineJobService), typeof(QuartzHostedService));
        builder.Services
            .RemoveAll<IImageBackend>()
            .AddSingleton<IImageBackend>(painter)
            .AddSingleton(new Random(7))
            .AddSingleton<IGridComposer>(new FirstPicture())
            .AddSingleton<IDelivery>(Delivery)
            .AddSingleton<IFeatureExtractor>(new SecondByte())
            .AddSingleton(SecondByte.Community());
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        _host = builder.BuildChecked();
    }

    public static TimeSpan Deadline => TestRun.Deadline;

    public static CancellationToken Cancellation => TestRun.Cancellation;

    public ScriptedBackend Painter { get; }

    public RecordedDelivery Delivery { get; } = new();

    public RecordedLog Log { get; } = new();

    public string PictureFolder => Path.Combine(_folder.FullName, "pictures");

    public string DatabaseFile => Path.Combine(_folder.FullName, "personalization.db");

    public IImagineJobStore Jobs => Get<IImagineJobStore>();

    public static async Task<JobsProgram> CreateAsync(ScriptedBackend? painter = null, int concurrency = 2, TimeProvider? time = null)
    {
        var program = new JobsProgram(new TemporaryFolder(), painter ?? new ScriptedBackend(), concurrency, time);
        await program._host.Services.MigrateStorageAsync(Cancellation);
        return program;
    }

    public static async Task<JobsProgram> StartedAsync(ScriptedBackend? painter = null, int concurrency = 2, TimeProvider? time = null)
    {
        var program = await CreateAsync(painter, concurrency, time);
        await program.StartAsync();
        return program;
    }

    /// <summary>The program that finds what this one leaves when it is killed now: the files as they are. Not started.</summary>
    public async Task<JobsProgram> AfterKillAsync(ScriptedBackend? painter = null)
    {
        var copy = new TemporaryFolder();
        await CopyAsync(copy);
        var program = new JobsProgram(copy, painter ?? new ScriptedBackend(), concurrency: 2);
        await program._host.Services.MigrateStorageAsync(Cancellation);
        return program;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync(Cancellation);

    public Task StopAsync() => _host.StopAsync(Cancellation);

    /// <returns>Whether the job was accepted.</returns>
    public async Task<bool> EnqueueAsync(ulong id, Func<ImagineJob, ImagineJob>? change = null) =>
        await Get<IImagineQueue>().EnqueueAsync((change ?? (job => job))(Job(id)), Cancellation) is EnqueueResult.Accepted;

    /// <summary>Adds a job's row without its place in the queue.</summary>
    public Task AddOrphanAsync(ulong id, Func<ImagineJob, ImagineJob>? change = null) =>
        Get<ImagineJobStore>().AddAsync((change ?? (job => job))(Job(id)), new JobsOptions(), Cancellation);

    public async Task<bool> IsScheduledAsync(ulong id) => await (await SchedulerAsync()).Exists(ImagineSchedule.KeyOf(id), Cancellation);

    public ValueTask<IScheduler> SchedulerAsync() => Get<ISchedulerFactory>().GetScheduler(Cancellation);

    public async Task<JobState> StateOfAsync(ulong id) => (await Jobs.FindAsync(id, Cancellation))!.State;

    public async ValueTask DisposeAsync()
    {
        Painter.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    public static ImagineJob Job(ulong id) => SampleJob.Create(id);

    /// <summary>Copies the files under a write lock: a kill takes no time, and a copy does.</summary>
    private async Task CopyAsync(TemporaryFolder copy)
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
}
