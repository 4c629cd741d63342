using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization;
using Personalization.App.Bot;
using Personalization.App.Cli;
using Personalization.App.Jobs;
using Personalization.App.Web;
using Personalization.Backends;
using Personalization.Imaging;
using Personalization.Painter;
using Personalization.Storage;
using Serilog;

if (await Commands.RunAsync(args, Console.Out, Console.Error) is { } exitCode)
{
    return exitCode;
}

Log.Logger = new LoggerConfiguration().WriteTo.Console(formatProvider: CultureInfo.InvariantCulture).CreateBootstrapLogger();
try
{
    // Settings and seeds lie beside the program; only the data directory depends on where it is started.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Host.UseLogging();
    builder.Services
        .AddPersonalization(builder.Configuration)
        .AddSeeds(Path.Combine(builder.Environment.ContentRootPath, "seeds"))
        .AddStorage(builder.Configuration)
        .AddImaging(builder.Configuration)
        .AddPainter()
        .AddImageBackends(builder.Configuration)
        .AddHostedService<BackendCheckService>()
        .AddImagineJobs(builder.Configuration)
        .AddBot(builder.Configuration)
        .AddHealth();

    // What runs is finished or handed back within this; a container's own limit is ten seconds.
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));

    await using var app = builder.Build();
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.Services.MigrateStorageAsync(CancellationToken.None);
    app.MapHealth();
    app.MapPlaygroundIfNoToken();
    app.FailWithBackgroundServices();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (exception is OptionsValidationException or AggregateException { InnerException: OptionsValidationException })
{
    // Each failure names its key and what is allowed there; a stack trace would bury that.
    var all = exception is AggregateException several ? several.InnerExceptions : [exception];
    foreach (var failure in all.OfType<OptionsValidationException>().SelectMany(one => one.Failures).Distinct(StringComparer.Ordinal))
    {
        Log.Fatal("{Failure}", failure);
    }

    return 1;
}
catch (Exception exception) when (exception is StorageException or InvalidDataException or IOException)
{
    // A database in use, a seed file that is none, an address in use: the message says it all.
    Log.Fatal("{Failure}", exception.Message);
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}
