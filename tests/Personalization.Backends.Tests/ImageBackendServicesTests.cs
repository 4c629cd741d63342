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
    public void There_may_be_two_servers_of_one_kind()
    {
        using var services = Services(("ComfyUi:Url", "http://127.0.0.1:8188"), ("Second:Kind", "comfyui"), ("Second:Url", "https://example.org/comfy"));

        Assert.Equal(["Painter", "ComfyUi", "Second"], services.GetServices<IImageBackend>().Select(backend => backend.Name));
    }

    [Theory]
    [InlineData("Backends:ComfyUi:Url: Url is missing", "ComfyUi:PollSeconds", "1")]
    [InlineData("it is an address such as http://127.0.0.1:8188", "ComfyUi:Url", "localhost:8188")]
    [InlineData("it is an address such as http://127.0.0.1:8188", "ComfyUi:Url", "127.0.0.1:8188")]
    [InlineData("Backends:Mystery:Kind is \"Mystery\"", "Mystery:Url", "http://127.0.0.1")]
    [InlineData("Backends:ComfyUi:Foo is no setting; Backends:ComfyUi takes AnswerSeconds, Candidates, ConnectSeconds, FluxClip,", "ComfyUi:Foo", "hunter2")]
    [InlineData("Backends:AiHorde:Models:deliberate:Step is no setting; Backends:AiHorde:Models:deliberate takes Family, Guidance, Sampler, Scheduler, Side, Steps.", "AiHorde:Models:deliberate:Step", "9")]
    [InlineData("User has no colon", "StableDiffusionWebUi:User", "ann:hunter2")]
    [InlineData("which is not sent", "ComfyUi:Url", "http://ann:hunter2@127.0.0.1:8188")]
    [InlineData("which is not sent", "ComfyUi:Url", "http://127.0.0.1:8188/?token=hunter2")]
    [InlineData("which is not sent", "ComfyUi:Url", "ftp://ann:hunter2@127.0.0.1")]
    public void What_is_wrong_stops_the_start_and_is_named_without_its_secrets(string words, string key, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddImageBackends(Configuration((key, value))));

        Assert.Contains(words, exception.Message);
        Assert.DoesNotContain("hunter2", exception.Message);
    }

    [Fact]
    public void Names_are_taken_in_any_case_and_those_of_models_and_roles_as_they_come()
    {
        using var services = Services(("Second:kind", "aihorde"), ("Second:apikey", "key"), ("Second:models:Deliberate 3.0:STEPS", "9"), ("Third:Kind", "ComfyUi"), ("Third:Url", "http://127.0.0.1"), ("Third:Roles:prompt", "6.text"));

        Assert.Equal(3, services.GetServices<IImageBackend>().Count());
    }

    [Theory]
    [InlineData("8", 8)]
    [InlineData("4", 0)]
    [InlineData(null, 0)]
    public void A_server_paints_as_many_candidates_as_whoever_runs_it_says(string? candidates, int expected)
    {
        using var services = Services(("ComfyUi:Url", "http://127.0.0.1:8188"), ("ComfyUi:Candidates", candidates));

        Assert.Equal(expected, services.GetServices<IImageBackend>().Last().CapabilitiesOf("sd15.safetensors").Candidates);
    }

    [Theory]
    [InlineData("each picture of OpenAiImages costs somebody something", "OpenAiImages", "8")]
    [InlineData("StableDiffusionCpp paints 4 to 8 at once", "StableDiffusionCpp", "9")]
    public void More_candidates_than_a_server_paints_at_once_or_for_nothing_stop_the_start(string words, string kind, string candidates)
    {
        using var services = Services(($"{kind}:Url", "http://127.0.0.1:8188"), ($"{kind}:ApiKey", kind == "OpenAiImages" ? "key" : null), ($"{kind}:Candidates", candidates));

        Assert.Contains(words, Assert.Throws<OptionsValidationException>(() => services.GetServices<IImageBackend>().ToArray()).Message);
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(PainterFixture.Vocabulary)
        .AddPainter()
        .AddImageBackends(Configuration(settings))
        .BuildServiceProvider();

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create($"Backends:{setting.Key}", setting.Value))).Build();
}
