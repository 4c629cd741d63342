using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Personalization.Painter.Compositions;

/// <summary>
/// A geometric alphabet of one line width, drawn by the Painter itself: which typefaces a machine has would otherwise change
/// the picture. Capitals are one unit high on a baseline at 0; accents are dropped, other scripts left out.
/// </summary>
internal static class Lettering
{
    private const string Bowl = "M0,-0.33 A0.29,0.33 0 0 1 0.58,-0.33 A0.29,0.33 0 0 1 0,-0.33 Z ";
    private const float Gap = 0.2f;
    private const float Space = 0.42f;

    private static readonly FrozenDictionary<char, string> Glyphs = new Dictionary<char, string>
    {
        ['A'] = "M0,0 L0.38,-1 L0.76,0 M0.13,-0.34 L0.63,-0.34",
        ['B'] = "M0,0 L0,-1 L0.3,-1 A0.24,0.24 0 0 1 0.3,-0.52 L0,-0.52 M0.3,-0.52 L0.34,-0.52 A0.26,0.26 0 0 1 0.34,0 L0,0",
        ['C'] = "M0.8,-0.84 A0.48,0.5 0 1 0 0.8,-0.16",
        ['D'] = "M0,0 L0,-1 L0.26,-1 A0.48,0.5 0 0 1 0.26,0 Z",
        ['E'] = "M0.54,-1 L0,-1 L0,0 L0.54,0 M0,-0.52 L0.46,-0.52",
        ['F'] = "M0.54,-1 L0,-1 L0,0 M0,-0.5 L0.44,-0.5",
        ['G'] = "M0.8,-0.84 A0.48,0.5 0 1 0 0.86,-0.46 L0.5,-0.46",
        ['H'] = "M0,0 L0,-1 M0.66,0 L0.66,-1 M0,-0.52 L0.66,-0.52",
        ['I'] = "M0.02,0 L0.02,-1",
        ['J'] = "M0.42,-1 L0.42,-0.22 A0.21,0.22 0 0 1 0,-0.2",
        ['K'] = "M0,0 L0,-1 M0.58,-1 L0,-0.4 M0.2,-0.6 L0.62,0",
        ['L'] = "M0,-1 L0,0 L0.5,0",
        ['M'] = "M0,0 L0,-1 L0.42,-0.34 L0.84,-1 L0.84,0",
        ['N'] = "M0,0 L0,-1 L0.66,0 L0.66,-1",
        ['O'] = "M0,-0.5 A0.46,0.5 0 0 1 0.92,-0.5 A0.46,0.5 0 0 1 0,-0.5 Z",
        ['P'] = "M0,0 L0,-1 L0.32,-1 A0.27,0.27 0 0 1 0.32,-0.46 L0,-0.46",
        ['Q'] = "M0,-0.5 A0.46,0.5 0 0 1 0.92,-0.5 A0.46,0.5 0 0 1 0,-0.5 Z M0.58,-0.24 L0.9,0.06",
        ['R'] = "M0,0 L0,-1 L0.32,-1 A0.27,0.27 0 0 1 0.32,-0.46 L0,-0.46 M0.3,-0.46 L0.6,0",
        ['S'] = "M0.55,-0.82 A0.26,0.24 0 0 0 0.29,-1 A0.26,0.245 0 0 0 0.29,-0.51 A0.27,0.255 0 0 1 0.29,0 A0.28,0.25 0 0 1 0,-0.19",
        ['T'] = "M0,-1 L0.68,-1 M0.34,-1 L0.34,0",
        ['U'] = "M0,-1 L0,-0.33 A0.33,0.33 0 0 0 0.66,-0.33 L0.66,-1",
        ['V'] = "M0,-1 L0.36,0 L0.72,-1",
        ['W'] = "M0,-1 L0.27,0 L0.52,-0.8 L0.77,0 L1.04,-1",
        ['X'] = "M0,-1 L0.62,0 M0.62,-1 L0,0",
        ['Y'] = "M0,-1 L0.34,-0.46 L0.68,-1 M0.34,-0.46 L0.34,0",
        ['Z'] = "M0.02,-1 L0.62,-1 L0,0 L0.64,0",
        ['a'] = Bowl + "M0.58,-0.66 L0.58,0",
        ['b'] = Bowl + "M0,-1 L0,0",
        ['c'] = "M0.52,-0.55 A0.29,0.33 0 1 0 0.52,-0.11",
        ['d'] = Bowl + "M0.58,-1 L0.58,0",
        ['e'] = "M0,-0.36 L0.57,-0.36 A0.285,0.31 0 0 0 0,-0.33 A0.285,0.33 0 0 0 0.5,-0.11",
        ['f'] = "M0.38,-0.98 A0.2,0.2 0 0 0 0.14,-0.78 L0.14,0 M0,-0.64 L0.34,-0.64",
        ['g'] = Bowl + "M0.58,-0.66 L0.58,0.04 A0.28,0.26 0 0 1 0.05,0.14",
        ['h'] = "M0,-1 L0,0 M0,-0.38 A0.26,0.28 0 0 1 0.52,-0.38 L0.52,0",
        ['i'] = "M0.02,-0.66 L0.02,0 M0.02,-0.93 L0.02,-0.92",
        ['j'] = "M0.16,-0.66 L0.16,0.12 A0.16,0.18 0 0 1 0,0.28 M0.16,-0.93 L0.16,-0.92",
        ['k'] = "M0,-1 L0,0 M0.46,-0.66 L0,-0.24 M0.18,-0.4 L0.5,0",
        ['l'] = "M0.02,-1 L0.02,0",
        ['m'] = "M0,-0.66 L0,0 M0,-0.4 A0.22,0.26 0 0 1 0.44,-0.4 L0.44,0 M0.44,-0.4 A0.22,0.26 0 0 1 0.88,-0.4 L0.88,0",
        ['n'] = "M0,-0.66 L0,0 M0,-0.38 A0.26,0.28 0 0 1 0.52,-0.38 L0.52,0",
        ['o'] = Bowl,
        ['p'] = Bowl + "M0,-0.66 L0,0.32",
        ['q'] = Bowl + "M0.58,-0.66 L0.58,0.32",
        ['r'] = "M0,-0.66 L0,0 M0,-0.36 A0.26,0.3 0 0 1 0.34,-0.64",
        ['s'] = "M0.4,-0.56 A0.2,0.16 0 0 0 0.21,-0.66 A0.19,0.165 0 0 0 0.21,-0.34 A0.2,0.17 0 0 1 0.21,0 A0.22,0.17 0 0 1 0,-0.11",
        ['t'] = "M0.15,-0.9 L0.15,-0.18 A0.18,0.18 0 0 0 0.36,-0.01 M0,-0.64 L0.35,-0.64",
        ['u'] = "M0,-0.66 L0,-0.28 A0.26,0.28 0 0 0 0.52,-0.28 M0.52,-0.66 L0.52,0",
        ['v'] = "M0,-0.66 L0.26,0 L0.52,-0.66",
        ['w'] = "M0,-0.66 L0.2,0 L0.4,-0.56 L0.6,0 L0.8,-0.66",
        ['x'] = "M0,-0.66 L0.48,0 M0.48,-0.66 L0,0",
        ['y'] = "M0,-0.66 L0.27,0 M0.54,-0.66 L0.22,0.16 A0.2,0.2 0 0 1 0,0.28",
        ['z'] = "M0,-0.66 L0.46,-0.66 L0,0 L0.48,0",
        ['0'] = "M0,-0.5 A0.31,0.5 0 0 1 0.62,-0.5 A0.31,0.5 0 0 1 0,-0.5 Z",
        ['1'] = "M0,-0.8 L0.24,-1 L0.24,0",
        ['2'] = "M0.02,-0.76 A0.27,0.25 0 0 1 0.54,-0.66 C0.5,-0.4 0.12,-0.22 0,0 L0.56,0",
        ['3'] = "M0.02,-1 L0.52,-1 L0.24,-0.6 A0.28,0.3 0 1 1 0,-0.14",
        ['4'] = "M0.44,0 L0.44,-1 L0,-0.28 L0.6,-0.28",
        ['5'] = "M0.5,-1 L0.08,-1 L0.04,-0.56 A0.3,0.3 0 1 1 0,-0.12",
        ['6'] = "M0.44,-1 C0.2,-0.8 0,-0.55 0,-0.3 A0.28,0.3 0 0 0 0.56,-0.3 A0.28,0.3 0 0 0 0.02,-0.38",
        ['7'] = "M0,-1 L0.56,-1 L0.16,0",
        ['8'] = "M0.06,-0.77 A0.23,0.23 0 0 1 0.52,-0.77 A0.23,0.23 0 0 1 0.06,-0.77 Z M0,-0.27 A0.29,0.27 0 0 1 0.58,-0.27 A0.29,0.27 0 0 1 0,-0.27 Z",
        ['9'] = "M0.12,0 C0.36,-0.2 0.56,-0.45 0.56,-0.7 A0.28,0.3 0 0 0 0,-0.7 A0.28,0.3 0 0 0 0.54,-0.62",
        ['.'] = "M0.02,-0.02 L0.02,0",
        [','] = "M0.08,-0.04 L0.02,0.14",
        ['-'] = "M0,-0.36 L0.34,-0.36",
        ['\''] = "M0.02,-1 L0.02,-0.8",
        ['!'] = "M0.02,-1 L0.02,-0.26 M0.02,-0.02 L0.02,0",
        ['+'] = "M0,-0.42 L0.44,-0.42 M0.22,-0.64 L0.22,-0.2",
        [':'] = "M0.02,-0.5 L0.02,-0.48 M0.02,-0.02 L0.02,0",
        ['/'] = "M0,0.06 L0.4,-1.04",
        ['&'] = "M0.7,0 L0.18,-0.66 A0.2,0.19 0 1 1 0.46,-0.66 L0.1,-0.4 A0.25,0.24 0 0 0 0.3,0 C0.5,0 0.62,-0.2 0.68,-0.42",
    }.ToFrozenDictionary();

    /// <summary>The characters of a text that can be drawn, without accents.</summary>
    public static string Drawable(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (Glyphs.ContainsKey(letter) || letter == ' ')
            {
                plain.Append(letter);
            }
            else if (letter is '\u2019')
            {
                plain.Append('\'');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation)
            {
                plain.Append('-');
            }
        }

        return plain.ToString().Trim();
    }

    /// <summary>The centre lines of a drawable text, starting at 0, and its width. The caller disposes of the path.</summary>
    public static (SKPath Path, float Width) Line(string drawable)
    {
        using var builder = new SKPathBuilder();
        var x = 0f;
        foreach (var letter in drawable)
        {
            if (letter == ' ')
            {
                x += Space;
                continue;
            }

            using var glyph = SKPath.ParseSvgPathData(Glyphs[letter]);
            builder.AddPath(glyph, x, 0);
            x += glyph.TightBounds.Right + Gap;
        }

        return (builder.Detach(), Math.Max(0, x - Gap));
    }
}
