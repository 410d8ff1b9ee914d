import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads lines "schema, tab, file in base64" from standard input and prints for each what StAEDI first finds wrong within the set of
 * the file: "segment, tab, element, tab, error", segments counted from the header of the set; or "clean".
 */
class CheckWithStaedi {
    static final List<String> HEADERS = List.of("ST", "UNH");
    static final List<String> TRAILERS = List.of("SE", "UNT");

    static final Logger STAEDI = Logger.getLogger("io.xlate");

    public static void main(String[] arguments) throws Exception {
        STAEDI.setLevel(Level.WARNING);
        Map<String, Schema> schemas = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t");
            if (!schemas.containsKey(parts[0])) schemas.put(parts[0], read(Path.of(parts[0])));
            answers.println(firstFault(schemas.get(parts[0]), Base64.getDecoder().decode(parts[1])));
        }
        answers.flush();
    }

    static Schema read(Path path) throws Exception {
        return SchemaFactory.newFactory().createSchema(new ByteArrayInputStream(Files.readAllBytes(path)));
    }

    static String firstFault(Schema schema, byte[] file) {
        int header = 0;
        String tag = "";
        try (EDIStreamReader reader = EDIInputFactory.newFactory().createEDIStreamReader(new ByteArrayInputStream(file), "ISO-8859-1")) {
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                Location at = reader.getLocation();
                if (event == EDIStreamEvent.START_TRANSACTION) reader.setTransactionSchema(schema);
                else if (event == EDIStreamEvent.START_SEGMENT) {
                    tag = reader.getText();
                    if (header == 0 && HEADERS.contains(tag)) header = at.getSegmentPosition();
                } else if (event == EDIStreamEvent.END_TRANSACTION) return "clean";
                else if (event.isError() && header > 0 && isOfSet(event, tag, at, header)) return told(reader, at, header);
            }
            return "unfinished";
        } catch (Exception failure) {
            return "failed\t" + failure.getMessage();
        }
    }

    /** What is wrong with the header, or with what the trailer says, is the envelope's. */
    static boolean isOfSet(EDIStreamEvent event, String tag, Location at, int header) {
        if (at.getSegmentPosition() <= header) return false;
        return event == EDIStreamEvent.SEGMENT_ERROR || !TRAILERS.contains(tag);
    }

    static String told(EDIStreamReader reader, Location at, int header) {
        int segment = at.getSegmentPosition() - header + 1;
        return segment + "\t" + Math.max(at.getElementPosition(), 0) + "\t" + reader.getErrorType();
    }
}
