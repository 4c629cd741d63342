using Microsoft.Extensions.Options;

namespace Personalization.Imaging;

internal sealed class VisionOptionsValidation : IValidateOptions<VisionOptions>
{
    public ValidateOptionsResult Validate(string? name, VisionOptions options)
    {
        var failures = new List<string>();
        if (options.EncoderPath.Length > 0 && !File.Exists(options.EncoderPath))
        {
            failures.Add($"Vision:EncoderPath is \"{options.EncoderPath}\", and there is no such file. Give the path of an ONNX image encoder, or leave it empty for the program's own.");
        }

        if (options.Mean.Length is not (0 or 3))
        {
            failures.Add($"Vision:Mean has {options.Mean.Length} numbers; it must be three, for red, green and blue.");
        }

        if (options.StandardDeviation.Length is not (0 or 3) || options.StandardDeviation.Any(deviation => !(deviation > 0)))
        {
            failures.Add($"Vision:StandardDeviation is {string.Join(", ", options.StandardDeviation)}; it must be three positive numbers, for red, green and blue.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
