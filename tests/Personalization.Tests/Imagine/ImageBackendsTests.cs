using Microsoft.Extensions.Options;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Xunit;

namespace Personalization.Tests.Imagine;

/// <summary>The backends by name, and what configuration says about them.</summary>
public sealed class ImageBackendsTests
{
    [Theory]
    [InlineData("Words")]
    [InlineData("WORDS")]
    public void Backends_are_found_in_any_case(string name)
    {
        using var words = new ScriptedBackend { Name = "Words" };
        var backends = new ImageBackends([words]);

        Assert.Same(words, backends.Find(name));
        Assert.Same(words, backends.Require(name));
    }

    [Fact]
    public void Backends_that_are_not_configured_are_named_where_they_are_required()
    {
        var backends = new ImageBackends([]);

        Assert.Null(backends.Find("Words"));
        Assert.Contains("Words", Assert.Throws<InvalidOperationException>(() => backends.Require("Words")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backends_of_one_name_are_refused()
    {
        using var one = new ScriptedBackend { Name = "Words" };
        using var other = new ScriptedBackend { Name = "words" };

        var exception = Assert.Throws<OptionsValidationException>(() => new ImageBackends([one, other]));

        Assert.Contains("Backends:words has the name of a backend that exists already", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sd15", "SD15", null)]
    [InlineData("default", "sd15", "Backends:Words:Models:default is for a model that no version uses; the versions use sd15. Set Imagine:Versions:NAME:Model to default, or put settings for all models directly into Backends:Words, such as Backends:Words:Steps.")]
    [InlineData("default", "", "Backends:Words:Models:default is for a model that no version uses; the versions use its only model, without a name. Set Imagine:Versions:NAME:Model to default, or put settings for all models directly into Backends:Words, such as Backends:Words:Steps.")]
    public void Settings_of_a_model_that_no_version_uses_are_a_failure(string named, string used, string? failure)
    {
        var words = new FakeBackend { Name = "Words", NamedModels = [named] };
        var options = new ImagineOptions { Backend = "Words", DefaultVersion = "1", Versions = { ["1"] = new ModelVersion { Model = used } } };

        var result = new ImagineOptionsValidation(new([words])).Validate(null, options);

        Assert.Equal(failure is null ? [] : [failure], result.Failures ?? []);
    }

    [Fact]
    public void Version_without_a_backend_is_a_failure_that_names_the_key_and_the_backends()
    {
        using var words = new ScriptedBackend { Name = "Words" };
        var options = new ImagineOptions { DefaultVersion = "1", Versions = { ["1"] = new ModelVersion() } };

        var result = new ImagineOptionsValidation(new([words])).Validate(null, options);

        Assert.Equal(["Imagine:Versions:1 has no backend: set Imagine:Versions:1:Backend, or Imagine:Backend for all versions, to one of Words."], result.Failures);
    }
}
