using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Imagine;

namespace Personalization.Backends.Tests;

/// <summary>Image servers by configuration.</summary>
public sealed class ImageBackendServicesTests
{
    [Fact]
    public void There_may_be_two_servers_of_one_kind()
    {
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Studio.Vocabulary)
            .AddImageBackends(Configuration(("ComfyUi:Url", "http://127.0.0.1:8188"), ("Second:Kind", "comfyui"), ("Second:Url", "https://example.org/comfy")))
            .BuildServiceProvider();

        Assert.Equal(["Painter", "ComfyUi", "Second"], services.GetServices<IImageBackend>().Select(backend => backend.Name));
    }

    [Theory]
    [InlineData("Backends:ComfyUi:Url: Url is missing", "ComfyUi:PollSeconds", "1")]
    [InlineData("it is an address such as http://127.0.0.1:8188", "ComfyUi:Url", "localhost:8188")]
    [InlineData("it is an address such as http://127.0.0.1:8188", "ComfyUi:Url", "127.0.0.1:8188")]
    [InlineData("Backends:Mystery:Kind is \"Mystery\"", "Mystery:Url", "http://127.0.0.1")]
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

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Backends:{setting.Key}", (string?)setting.Value))).Build();
}
