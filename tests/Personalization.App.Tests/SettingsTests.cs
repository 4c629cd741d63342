using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.App.Cli;
using Personalization.App.Web;
using Personalization.Storage;
using Personalization.Storage.Sqlite;
using Personalization.Votes;

namespace Personalization.App.Tests;

/// <summary>Wrong settings, of the bot and of a command alike.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Ranking:UnlockAt=abc", "Ranking:UnlockAt is \"abc\"; it must be a whole number between 1 and 1,000,000.")]
    [InlineData("Ranking:UnlockAt=", "Ranking:UnlockAt is \"\"; it must be a whole number between 1 and 1,000,000.")]
    [InlineData("Ranking:UnlockAt=0", "Ranking:UnlockAt is 0; it must be a whole number between 1 and 1,000,000.")]
    [InlineData("Ranking:MadePictures=-1", "Ranking:MadePictures is -1; it must be a whole number between 0 and 10,000. 0 ranks only the ranking pictures.")]
    [InlineData("Ranking:PaintAhead=perhaps", "Ranking:PaintAhead is \"perhaps\"; it must be true or false.")]
    [InlineData("Ranking:UnlockAt:At=5", "Ranking:UnlockAt:At is not a setting; Ranking:UnlockAt is a single value.")]
    [InlineData("Ranking:UnlockAfter=5", "Ranking:UnlockAfter is not a setting; Ranking takes FitEveryMinutes, MadePictures, PaintAhead, PreviewAt, UnlockAt.")]
    [InlineData("Ranking:PreviewAt:0=soon", "Ranking:PreviewAt:0 is \"soon\"; it must be a whole number.")]
    [InlineData("Ranking:PreviewAt:0=0", "Ranking:PreviewAt: 0 is not possible; each must be a whole number from 1 to 199, before Ranking:UnlockAt (200) opens --p.")]
    [InlineData("Ranking:PreviewAt:0=200", "Ranking:PreviewAt: 200 is not possible; each must be a whole number from 1 to 199, before Ranking:UnlockAt (200) opens --p.")]
    [InlineData("Ranking:PreviewAt=50", "Ranking:PreviewAt has a value of its own; it is a list, whose items are Ranking:PreviewAt:0, Ranking:PreviewAt:1 and so on.")]
    [InlineData("Rankign:UnlockAt=5", "Rankign:UnlockAt is not a setting; the sections are Backends, Compute, Discord, Imagine, Jobs, Playground, Ranking, Retention, Storage, Vision. Did you mean Ranking:UnlockAt?")]
    [InlineData("Midjourney:Key=5", "Midjourney:Key is not a setting; the sections are Backends, Compute, Discord, Imagine, Jobs, Playground, Ranking, Retention, Storage, Vision.")]
    [InlineData("Discord:ShardCount=many", "Discord:ShardCount is \"many\"; it must be a whole number.")]
    [InlineData("Discord:Tokn=secret", "Discord:Tokn is not a setting; Discord takes AnswerWithin, ApiUrl, GatewayUrl, HomepageUrl, ShardCount, Shards, Token.")]
    [InlineData("Jobs:Concurency=3", "Jobs:Concurency is not a setting; Jobs takes Concurrency, PerPerson, Waiting.")]
    [InlineData("Jobs:Concurrency=65", "Jobs:Concurrency is 65; it must be a whole number between 1 and 64.")]
    [InlineData("Vision:Mean:0=red", "Vision:Mean:0 is \"red\"; it must be a number.")]
    [InlineData("Vision:InputSize=15", "Vision:InputSize is 15; it must be a whole number between 16 and 1,024. It is the side of the encoder's square input in pixels.")]
    [InlineData("Imagine:Versions:6.0=big", "Imagine:Versions:6.0 has a value of its own; it is a section and takes Backend, Fallback, Model.")]
    [InlineData("Storage:Provider=MySql", "Storage:Provider is \"MySql\"; it must be Sqlite or Postgres.")]
    [InlineData("Storage:Provider=postgres", "Storage:ConnectionString is empty, and Storage:Provider is Postgres; write Host=server;Database=personalization;Username=personalization;Password=...")]
    [InlineData("Backends:Horde:Kind=Hord", "Backends:Horde:Kind is \"Hord\"; it must be one of OpenAiImages, StableDiffusionCpp, AiHorde, ComfyUi, StableDiffusionWebUi.")]
    [InlineData("Urls=foo", "Urls is \"foo\"; it must be http or https addresses such as http://localhost:5080, with ; between them.")]
    [InlineData("Urls=http://localhost:port", "Urls is \"http://localhost:port\"; it must be http or https addresses such as http://localhost:5080, with ; between them.")]
    [InlineData("Kestrel:Endpoints:Web:Url=foo", "Kestrel:Endpoints:Web:Url is \"foo\"; it must be an http or https address such as http://localhost:5080.")]
    [InlineData("Kestrel:Endpoints:Web:Port=80", "Kestrel:Endpoints:Web:Url is \"\"; it must be an http or https address such as http://localhost:5080.")]
    [InlineData("Urls=", "Urls is \"\"; it must be http or https addresses such as http://localhost:5080, with ; between them.")]
    [InlineData("Urls=http://localhost:5080/bot", "Urls is \"http://localhost:5080/bot\"; it must be http or https addresses such as http://localhost:5080, with ; between them.")]
    [InlineData("Urls=https://localhost:5443", "Urls is \"https://localhost:5443\"; https needs a certificate, of which Kestrel:Certificates:Default:Path and Password tell. Use http where a proxy in front of the bot has one.")]
    [InlineData("Kestrel:Endpoint:Web:Url=http://localhost:1", "Kestrel:Endpoint is not a setting; Kestrel takes Certificates, EndpointDefaults, Endpoints.")]
    [InlineData("Serilog:MinimumLevel:Default=Loud", "Serilog:MinimumLevel:Default is \"Loud\"; it must be one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("Serilog:MinimumLevel:Override:Quartz=2", "Serilog:MinimumLevel:Override:Quartz is \"2\"; it must be one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("Serilog:MinimumLevl:Default=Debug", "Serilog:MinimumLevl:Default is not a setting; Serilog takes MinimumLevel:Default and MinimumLevel:Override:<source>.")]
    [InlineData("Logging:LogLevel:Default=Debug", "Logging:LogLevel:Default is not a setting; the sections are Backends, Compute, Discord, Imagine, Jobs, Playground, Ranking, Retention, Storage, Vision.")]
    [InlineData("Discord:AnswerWithin=soon", "Discord:AnswerWithin is \"soon\"; it must be a time such as 00:00:03.")]
    [InlineData("Imagine:Versions:6.0:Model=sdxl", "Imagine:Versions:6.0:Model is \"sdxl\": The Painter's models are \"\" and \"draft\".")]
    [InlineData("Imagine:Versions:old --hd:Backend=Painter", "Imagine:Versions:old --hd cannot be asked for with --v: a name must be words or numbers without quotes and without dashes in front, and must not be the same number as another.")]
    [InlineData("Imagine:Versions:6:Backend=Painter", "Imagine:Versions:6.0 cannot be asked for with --v: a name must be words or numbers without quotes and without dashes in front, and must not be the same number as another.")]
    [InlineData("Playground:Hosts:0=http://pictures.example:80", "Playground:Hosts: \"http://pictures.example:80\" is no host name; each must be one such as pictures.example, without scheme and port.")]
    [InlineData("Playground:Enabled=perhaps", "Playground:Enabled is \"perhaps\"; it must be true or false.")]
    public async Task Wrong_setting_is_one_line_for_the_bot_and_for_a_command(string setting, string line)
    {
        Assert.Equal([line], FailuresOfBot($"--{setting}"));
        Assert.Equal((1, "", line), await RunCommandAsync($"--{setting}"));
    }

    [Fact]
    public void Address_that_cannot_be_listened_at_is_one_line_and_a_fault_of_the_program_is_none()
    {
        var line = Assert.Single(StartFailure.LinesOf(new SocketException(99))!);

        Assert.StartsWith("Urls: ", line, StringComparison.Ordinal);
        Assert.Contains("addresses of this computer", line, StringComparison.Ordinal);
        Assert.Equal(["in use"], StartFailure.LinesOf(new IOException("in use")));
        Assert.Null(StartFailure.LinesOf(new InvalidOperationException("a fault")));
    }

    [Fact]
    public void File_of_settings_that_is_no_JSON_is_one_line_with_what_is_wrong_in_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullName, "appsettings.json");
        File.WriteAllText(file, """{ "Ranking": { "UnlockAt": """);
        var exception = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddJsonFile(file).Build());

        var line = Assert.Single(StartFailure.LinesOf(exception)!);

        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 0", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_that_the_documentation_names_is_one()
    {
        var page = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(page.FullName, "Personalization.sln")))
        {
            page = page.Parent!;
        }

        // The rows of tables up to the image servers, whose keys are below a name.
        string[] keys =
        [
            .. File.ReadLines(Path.Combine(page.FullName, "docs", "settings.md"))
                .TakeWhile(line => line != "## Image servers")
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1].Replace("<name>", "6.0").Replace("<n>", "0").Replace("<source>", "Quartz")),
        ];

        Assert.InRange(keys.Length, 30, 100);
        Assert.DoesNotContain(FailuresOfBot([.. keys.Select(key => $"--{key}=x")]), failure => failure.Contains("is not a setting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ranking:PreviewAt:0=30", "30")]
    [InlineData("Ranking:PreviewAt=", "")]
    [InlineData("Ranking:UnlockAt=60", "20, 50")]
    public void Preview_points_that_are_set_replace_the_default(string setting, string points)
    {
        using var app = (IDisposable)BotHost.CreateBuilder($"--{setting}").BuildChecked();

        Assert.Equal(points, string.Join(", ", ((WebApplication)app).Services.GetRequiredService<IOptions<RankingOptions>>().Value.PreviewPoints()));
    }

    [Fact]
    public async Task Wrong_settings_are_reported_all_at_once()
    {
        string[] settings = ["--Ranking:UnlockAt=abc", "--Ranking:MadePictures=-1", "--Jobs:Concurency=3", "--Rankign:UnlockAt=5", "--Backends:ComfyUi:PollSeconds=soon"];
        string[] lines =
        [
            "Ranking:UnlockAt is \"abc\"",
            "Ranking:MadePictures is -1",
            "Jobs:Concurency is not a setting",
            "Rankign:UnlockAt is not a setting",
            "Backends:ComfyUi:PollSeconds is \"soon\"",
            "Backends:ComfyUi:Url is missing",
        ];

        var failures = FailuresOfBot(settings);

        Assert.Equal(lines.Length, failures.Length);
        Assert.All(lines, line => Assert.Contains(failures, failure => failure.StartsWith(line, StringComparison.Ordinal)));
        var (code, _, error) = await RunCommandAsync(settings);
        Assert.Equal(1, code);
        Assert.Equal(failures, error.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("Midjourney:Url=http://127.0.0.1:1", "Midjourney:Kind is \"Midjourney\"; it must be one of")]
    [InlineData("ComfyUi:Url=localhost:8188", "ComfyUi:Url is \"localhost:8188\"; it must be an address such as http://127.0.0.1:8188.")]
    [InlineData("ComfyUi:PollSeconds=0 ComfyUi:Models:x:Steps=1000", "ComfyUi:Url is missing", "ComfyUi:PollSeconds is 0", "ComfyUi:Models:x:Steps is 1000")]
    [InlineData("OpenAiImages:Url=https://api.openai.com/v1 OpenAiImages:ApiKey=sk-secret OpenAiImages:Candidates=8", "OpenAiImages:Candidates is 8; each picture of OpenAiImages costs money")]
    [InlineData("StableDiffusionCpp:Url=http://127.0.0.1:1 StableDiffusionCpp:Candidates=17", "StableDiffusionCpp:Candidates is 17")]
    public void Wrong_settings_of_an_image_server_stop_the_start_and_are_named(string settings, params string[] lines)
    {
        var failures = FailuresOfBot([.. settings.Split(' ').Select(setting => $"--Backends:{setting}")]);

        Assert.Equal(lines.Length, failures.Length);
        Assert.All(lines, line => Assert.Contains(failures, failure => failure.StartsWith($"Backends:{line}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Jobs")]
    [InlineData("STORAGE")]
    public void Variable_of_another_program_named_like_a_section_does_not_stop_the_start(string name) => Assert.Empty(FailuresOfBot($"--{name}=8"));

    [Theory]
    [InlineData("Rankign:UnlockAt", "Rankign:UnlockAt (environment variable Rankign__UnlockAt) is not a setting; the sections are Ranking. Did you mean Ranking:UnlockAt?")]
    [InlineData("RANKIGN:UNLOCKAT", "RANKIGN:UNLOCKAT (environment variable RANKIGN__UNLOCKAT) is not a setting; the sections are Ranking. Did you mean Ranking:UNLOCKAT?")]
    [InlineData("DataDirectroy", "DataDirectroy (environment variable DataDirectroy) is not a setting; the sections are Ranking. Did you mean DataDirectory?")]
    [InlineData("PATH", null)]
    [InlineData("DATA_DIRECTORY", null)]
    [InlineData("NETCORE:Rankings", null)]
    [InlineData("RANKINGS", null)]
    [InlineData("Rankings", null)]
    [InlineData("http_proxy", null)]
    [InlineData("https_proxy", null)]
    [InlineData("no_proxy", null)]
    [InlineData("url", null)]
    [InlineData("Environments", null)]
    public void Environment_variable_is_refused_only_where_it_resembles_a_setting(string variable, string? line)
    {
        var environment = new OneVariable();
        environment.Set(variable, "5");
        using var services = new ServiceCollection()
            .AddSettingsSection(new("Ranking"))
            .AddSettingNames(new ConfigurationRoot([environment]))
            .BuildServiceProvider();

        var failures = FailuresOf(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(line is null ? [] : [line], failures);
    }

    [Theory]
    [InlineData("$schema")]
    [InlineData("//")]
    public void Comment_in_a_settings_file_does_not_stop_the_start(string key) => Assert.Empty(FailuresOfBot($"--{key}=about Ranking"));

    [Fact]
    public void Empty_connection_string_means_the_default_one()
    {
        using var json = new MemoryStream("""{ "Storage": { "ConnectionString": null } }"""u8.ToArray());
        using var services = new ServiceCollection()
            .AddStorage(new ConfigurationBuilder().AddJsonStream(json).Build())
            .AddSqliteStorage()
            .BuildServiceProvider();

        Assert.EndsWith("personalization.db", services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString, StringComparison.Ordinal);
    }

    /// <summary>An environment with nothing in it but what the test sets.</summary>
    private sealed class OneVariable : EnvironmentVariablesConfigurationProvider
    {
        public override void Load()
        {
        }
    }

    private static string[] FailuresOfBot(params string[] settings) => FailuresOf(() => ((IDisposable)BotHost.CreateBuilder(settings).BuildChecked()).Dispose());

    private static string[] FailuresOf(Action action)
    {
        try
        {
            action();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private static async Task<(int? Code, string Output, string Error)> RunCommandAsync(params string[] settings)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["check-backends", .. settings], output, error);
        return (code, output.ToString(), error.ToString().TrimEnd());
    }
}
