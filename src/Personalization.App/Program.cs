using System.Globalization;
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
    await app.CheckPeopleIfNoTokenAsync(CancellationToken.None);
    app.MarkDataFolderIfToken();
    app.MapHealth();
    app.MapPlaygroundIfNoToken();
    app.LogDiscordClient();
    app.FailWithBackgroundServices();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (StartFailure.LinesOf(exception) is { } lines)
{
    foreach (var line in lines)
    {
        Log.Fatal("{Failure}", line);
    }

    Log.Debug(exception, "Why the start failed");
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}
