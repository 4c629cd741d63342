using System.Globalization;
using Microsoft.Extensions.Options;
using Personalization.App;
using Personalization.App.Bot;
using Personalization.App.Cli;
using Personalization.App.Jobs;
using Personalization.App.Web;
using Personalization.Storage;
using Serilog;

PrivateFiles.ByDefault();
if (await CommandLine.RunAsync(args, Console.Out, Console.Error) is { } exitCode)
{
    return exitCode;
}

Log.Logger = new LoggerConfiguration().WriteTo.Console(formatProvider: CultureInfo.InvariantCulture).CreateBootstrapLogger();
try
{
    var builder = BotHost.CreateBuilder(args);
    builder.Host.UseLogging();
    await using var app = builder.BuildChecked();
    app.CheckPlaygroundIfNoToken();
    await app.Services.MigrateStorageAsync(CancellationToken.None);
    app.MarkDataFolderIfToken();
    app.MapHealth();
    app.MapPlaygroundIfNoToken();
    app.FailWithBackgroundServices();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (OptionsValidationException exception)
{
    // Each failure names its key and what is allowed there; a stack trace would bury that.
    foreach (var failure in exception.Failures)
    {
        Log.Fatal("{Failure}", failure);
    }

    return 1;
}
catch (Exception exception) when (exception is StorageException or InvalidDataException or IOException)
{
    // A database in use, a malformed seed file, an address in use: the message is enough.
    Log.Fatal("{Failure}", exception.Message);
    Log.Debug(exception, "Why the start failed");
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}
