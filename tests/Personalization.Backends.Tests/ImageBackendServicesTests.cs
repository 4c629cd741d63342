using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Imagine.Backends;
using Personalization.Painter;
using Personalization.Testing;

namespace Personalization.Backends.Tests;

/// <summary>Image servers by configuration.</summary>
public sealed class ImageBackendServicesTests
{
    [Fact]
    public void Backends_may_be_two_servers_of_one_kind()
    {
        using var services = Services(("ComfyUi:Url", "http://127.0.0.1:8188"), ("Second:Kind", "comfyui"), ("Second:Url", "https://example.org/comfy"));

        Assert.Equal(["Painter", "ComfyUi", "Second"], services.GetServices<IImageBackend>().Select(backend => backend.Name));
    }

    [Theory]
    [InlineData("Backends:ComfyUi:Url is missing", "ComfyUi:PollSeconds", "1")]
    [InlineData("it must be an address such as http://127.0.0.1:8188", "ComfyUi:Url", "localhost:8188")]
    [InlineData("it must be an address such as http://127.0.0.1:8188", "ComfyUi:Url", "127.0.0.1:8188")]
    [InlineData("Backends:Mystery:Kind is \"Mystery\"", "Mystery:Url", "http://127.0.0.1")]
    [InlineData("Backends:ComfyUi:Foo is not a setting; Backends:ComfyUi takes AnswerSeconds, Candidates, ConnectSeconds, Family, FluxClip,", "ComfyUi:Foo", "hunter2")]
    [InlineData("Backends:AiHorde:Models:deliberate:Step is not a setting; Backends:AiHorde:Models:deliberate takes Family, Guidance, Sampler, Scheduler, Side, Steps.", "AiHorde:Models:deliberate:Step", "9")]
    [InlineData("User must not contain a colon", "StableDiffusionWebUi:User", "ann:hunter2")]
    [InlineData("which is not sent", "ComfyUi:Url", "http://ann:hunter2@127.0.0.1:8188")]
    [InlineData("which is not sent", "ComfyUi:Url", "http://127.0.0.1:8188/?token=hunter2")]
    [InlineData("which is not sent", "ComfyUi:Url", "ftp://ann:hunter2@127.0.0.1")]
    [InlineData("Backends:ComfyUi:PollSeconds is \"soon\"; it must be a number between 0.01 and 30.", "ComfyUi:PollSeconds", "soon")]
    [InlineData("Backends:OpenAiImages:Quality is \"best\"; it must be one of auto, low, medium, high.", "OpenAiImages:Quality", "best")]
    [InlineData("Backends:StableDiffusionWebUi:Flavor is \"9\"; it must be one of Auto, Automatic1111, Forge, SdNext.", "StableDiffusionWebUi:Flavor", "9")]
    public void Wrong_settings_stop_the_start_and_are_named_without_their_secrets(string words, string key, string value)
    {
        using var services = Services((key, value));

        var thrown = Assert.ThrowsAny<Exception>(services.GetRequiredService<IStartupValidator>().Validate);
        var exception = thrown as OptionsValidationException ?? Assert.IsType<AggregateException>(thrown).InnerExceptions.OfType<OptionsValidationException>().First();

        Assert.Contains(words, exception.Message);
        Assert.DoesNotContain("hunter2", exception.Message);
    }

    [Fact]
    public void Names_are_taken_in_any_case_and_those_of_models_and_roles_as_they_come()
    {
        using var services = Services(("Second:kind", "aihorde"), ("Second:apikey", "key"), ("Second:models:Deliberate 3.0:STEPS", "9"), ("Third:Kind", "ComfyUi"), ("Third:Url", "http://127.0.0.1"), ("Third:Roles:prompt", "6.text"));

        Assert.Equal(3, services.GetServices<IImageBackend>().Count());
    }

    [Fact]
    public void Settings_of_a_server_without_model_names_need_no_empty_key()
    {
        using var services = Services(("StableDiffusionCpp:Url", "http://127.0.0.1:1234"), ("StableDiffusionCpp:Side", "320"), ("StableDiffusionCpp:Models:turbo:Steps", "4"));
        var backend = services.GetServices<IImageBackend>().Last();

        Assert.Equal((320 * 320, 320 * 320), (backend.SizeOf("").Area, backend.SizeOf("turbo").Area));
        Assert.Equal(["turbo"], backend.NamedModels);
    }

    [Theory]
    [InlineData("8", 8)]
    [InlineData("4", 0)]
    [InlineData(null, 0)]
    public void Backend_paints_as_many_candidates_as_the_operator_sets(string? candidates, int expected)
    {
        using var services = Services(("ComfyUi:Url", "http://127.0.0.1:8188"), ("ComfyUi:Candidates", candidates));

        Assert.Equal(expected, services.GetServices<IImageBackend>().Last().CapabilitiesOf("sd15.safetensors").Candidates);
    }

    [Fact]
    public void Candidates_of_a_server_whose_pictures_cost_something_stop_the_start()
    {
        using var services = Services(("OpenAiImages:Url", "http://127.0.0.1:8188"), ("OpenAiImages:ApiKey", "key"), ("OpenAiImages:Candidates", "8"));

        Assert.Contains("each picture of OpenAiImages costs money", Assert.Throws<OptionsValidationException>(() => services.GetServices<IImageBackend>().ToArray()).Message);
    }

    [Fact]
    public void Candidates_may_be_more_than_a_server_paints_in_one_call()
    {
        using var services = Services(("StableDiffusionCpp:Url", "http://127.0.0.1:1234"), ("StableDiffusionCpp:Candidates", "16"));

        var capabilities = services.GetServices<IImageBackend>().Last().CapabilitiesOf("");
        Assert.Equal((16, 8), (capabilities.Candidates, capabilities.Batch));
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(PainterFixture.Vocabulary)
        .AddSingleton(TestRun.Threads)
        .AddPainter()
        .AddImageBackends(Configuration(settings))
        .BuildServiceProvider();

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create($"Backends:{setting.Key}", setting.Value))).Build();
}
